import { useQuery } from "@tanstack/react-query";
import { Segmented, Skeleton } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { entitlement } from "../api/contracts";
import type { Ticket } from "../api/types";
import { CoverVerdict } from "../contracts/CoverVerdict";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";

const KINDS = ["labour", "travel", "parts"] as const;

/** Whether a visit for this ticket would be paid for, by whom, and why. */
export function CoverBox({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const may = useMay("contracts:read");
  const [kind, setKind] = useState<string>("labour");
  const answer = useQuery({
    queryKey: ["entitlement", ticket.serial, kind],
    queryFn: ({ signal }) => entitlement({ serial: ticket.serial, kind }, signal),
    enabled: may && !!ticket.serial,
  });
  if (!may || !ticket.serial) return null;
  return (
    <Section
      title={t("ticket.cover")}
      extra={
        ticket.contract && (
          <Link to={`/contracts/${encodeURIComponent(ticket.contract)}`} className="figures">
            {ticket.contract}
          </Link>
        )
      }
    >
      <Segmented
        block
        size="small"
        aria-label={t("ticket.coverOf")}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t.label("coverage", value) }))}
      />
      {answer.isPending && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {answer.isError && <ErrorState error={answer.error} retry={() => answer.refetch()} />}
      {answer.data && <CoverVerdict answer={answer.data} />}
    </Section>
  );
}
