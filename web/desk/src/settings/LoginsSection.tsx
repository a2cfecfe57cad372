import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { endLogin, endOtherLogins, logins } from "../api/people";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { browserOf } from "./browser";

const KEY = ["logins"];

/** Where one is logged in; any other login can be ended from here. */
export function LoginsSection() {
  const { t } = useWords();
  const list = useQuery({ queryKey: KEY, queryFn: logins });
  const end = useCommand({
    refresh: [KEY],
    run: (id: string) => (id ? endLogin(id) : endOtherLogins()),
    done: ({ ended }) => t("logins.ended", { count: ended }),
  });
  const others = list.data?.filter((one) => !one.current) ?? [];
  return (
    <Section
      title={t("logins.title")}
      extra={
        <Button size="small" danger disabled={others.length === 0} loading={end.busy} onClick={() => end.submit("")}>
          {t("logins.endOthers")}
        </Button>
      }
    >
      {list.isPending && <LinesSkeleton lines={2} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      <ul className="rows">
        {list.data?.map((one) => (
          <li key={one.id}>
            <span className="row-text">
              <strong title={one.device}>
                {browserOf(one.device) || t("logins.unknown")}
                {one.current && <span className="tag login-current">{t("logins.current")}</span>}
              </strong>
              <small>
                {one.address} · {t.label("loginMethod", one.method)}
              </small>
              <small>
                {t("logins.since")} <WhenText at={one.created_at} /> · {t("logins.seen")}{" "}
                <WhenText at={one.seen_at ?? one.created_at} relative />
              </small>
            </span>
            {!one.current && (
              <Button size="small" onClick={() => end.submit(one.id)}>
                {t("logins.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
