/** Ends with a sentence on a Node too old to run us. */
export function needNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Node ${process.versions.node} is too old: Madoguchi needs Node 20.19 or newer (https://nodejs.org).`);
  process.exit(1);
}
