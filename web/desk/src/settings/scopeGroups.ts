/** Rights by what they are about: `tickets:read` and `tickets:write` stand together. */
export function scopeGroups(scopes: string[]): { group: string; scopes: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const scope of [...scopes].sort()) {
    const group = scope.includes(":") ? (scope.split(":")[0] ?? scope) : "other";
    groups.set(group, [...(groups.get(group) ?? []), scope]);
  }
  return [...groups].map(([group, found]) => ({ group, scopes: found }));
}
