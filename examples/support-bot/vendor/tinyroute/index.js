export function route(pattern, then) {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((it) => it[1]);
  const shape = new RegExp(`^${pattern.replaceAll(/:\w+/g, "([^/]+)")}$`);
  const found = location.pathname.match(shape);
  if (found) then(Object.fromEntries(names.map((it, at) => [it, found[at + 1]])));
}
