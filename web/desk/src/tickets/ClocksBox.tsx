import { ReloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useMay } from "../app/session";
import { replan, ticketClocks } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { ClockList } from "../promises/ClockList";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";

/** What was promised about a ticket, and where each promise stands. */
export function ClocksBox({ number }: { number: string }) {
  const { t } = useWords();
  const mayReplan = useMay("tickets:write");
  const key = ["tickets", number, "clocks"];
  const found = useQuery({ queryKey: key, queryFn: () => ticketClocks(number) });
  const anew = useCommand({
    run: (_: void, { key: once }) => replan(number, once),
    refresh: [["tickets"]],
    done: () => t("clock.replanned"),
  });
  const clocks = found.data?.clocks ?? [];
  return (
    <Section
      title={t("ticket.promises")}
      extra={
        mayReplan &&
        clocks.length > 0 && (
          <Button
            type="text"
            size="small"
            icon={<ReloadOutlined />}
            title={t("clock.replan")}
            aria-label={t("clock.replan")}
            loading={anew.busy}
            onClick={() => anew.submit()}
          />
        )
      }
    >
      {found.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && clocks.length === 0 && <p className="quiet">{t("clock.none")}</p>}
      <ClockList clocks={clocks} />
    </Section>
  );
}
