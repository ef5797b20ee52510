export type ShellTenant = { slug: string; name: string };
export type ShellPerson = { name: string; email: string };
/** The screens that are drawn for somebody; a room one may not enter has no door. */
export type ShellScreens = { inbox: boolean; settings: boolean };
