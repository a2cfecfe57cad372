/** Where to go after the login: a path inside the app, never another site. */
export function backTo(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/";
}
