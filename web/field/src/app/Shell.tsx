import { Suspense, useEffect } from "react";
import type { ReactNode } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { notices } from "../api/notices";
import { useCommands } from "../commands/outbox";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Icon";
import { Loading, Spinner } from "../ui/States";
import { useTheme } from "../ui/useTheme";

const BAR: readonly (readonly [path: string, icon: IconName, key: "today" | "scan" | "ask" | "van" | "me"])[] = [
  ["/", "today", "today"],
  ["/scan", "scan", "scan"],
  ["/ask", "ask", "ask"],
  ["/van", "van", "van"],
  ["/me", "me", "me"],
];

/** The place of the bar to which a page belongs. */
function placeIn(pathname: string): string {
  const [, first = ""] = pathname.split("/");
  if (first === "visits") return "/";
  return first === "devices" ? "/scan" : `/${first}`;
}

/** What stands around every page: what is unsent above, the five places below. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  useTheme();
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  const unread = useQuery({
    queryKey: ["notices", "unread"], queryFn: () => notices({ unread: true, limit: 1 }), refetchInterval: 60_000,
  }).data?.unread;
  return (
    <div className="app">
      <OutboxBar />
      <Suspense fallback={<main className="page"><Loading /></main>}>{children}</Suspense>
      <nav className="bottombar" aria-label={t("nav.label")}>
        {BAR.map(([path, icon, key]) => (
          <Link key={path} to={path} aria-current={placeIn(pathname) === path ? "page" : undefined}>
            <Icon name={icon} />
            {t(`nav.${key}`)}
            {key === "me" && !!unread && (
              <span className="badge">
                <span className="spoken-only">{t("nav.unread")}</span>
                {unread > 99 ? "99+" : unread}
              </span>
            )}
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** How many acts are not with the server yet; a tap shows them. */
function OutboxBar() {
  const { t } = useWords();
  const navigate = useNavigate();
  const commands = useCommands();
  const refused = commands.filter((one) => one.state === "refused").length;
  const waiting = commands.filter((one) => one.state === "waiting").length;
  if (commands.length === 0) return null;
  return (
    <button
      type="button"
      className={refused ? "outbox-bar refused" : "outbox-bar"}
      onClick={() => void navigate("/me/outbox")}
    >
      {refused || waiting ? <Icon name="warn" small /> : <Spinner />}
      {refused
        ? t("outbox.refusedCount", { count: refused })
        : waiting
          ? t("outbox.waitingCount", { count: waiting })
          : t("outbox.sendingCount", { count: commands.length })}
    </button>
  );
}
