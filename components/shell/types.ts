export type ShellTenant = { slug: string; name: string };
export type ShellPerson = { name: string; email: string };
