import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { Link } from "react-router";
import { partRequest } from "../api/stockDocuments";
import type { PartRequest } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { RequestActs } from "./RequestActs";
import { Amounts, PartLink, Place, StateTag } from "./bits";
import { ActorName } from "./moveColumns";

/** A request with its lines, who said yes, and what can be done next. */
export function RequestDrawer({ number, onClose }: { number: string; onClose: () => void }) {
  const one = useQuery({ queryKey: ["stock", "request", number], queryFn: () => partRequest(number) });
  return (
    <Drawer open size={520} title={number} onClose={onClose} footer={one.data && <RequestActs request={one.data} />}>
      {one.isPending && <LinesSkeleton lines={3} />}
      {one.isError && <ErrorState error={one.error} retry={() => one.refetch()} />}
      {one.data && <Shown request={one.data} />}
    </Drawer>
  );
}

function Shown({ request }: { request: PartRequest }) {
  const { t, f } = useWords();
  const { purpose_type: purpose, purpose_number: number } = request;
  return (
    <>
      <Facts
        facts={[
          { label: t("transfer.state"), value: <StateTag group="requestState" state={request.state} /> },
          { label: t("request.location"), value: <Place place={request.location} /> },
          { label: t("request.source"), value: <Place place={request.source} /> },
          {
            label: t("stock.purpose"),
            value:
              purpose === "ticket" && number ? (
                <Link to={`/tickets/${encodeURIComponent(number)}`}>{number}</Link>
              ) : (
                [t.label("purpose", purpose), number].filter(Boolean).join(" ")
              ),
          },
          { label: t("request.neededBy"), value: f.date(request.needed_by) },
          { label: t("stock.value"), value: <Amounts amounts={request.value} /> },
          {
            label: t("request.approvals"),
            value: t("request.approvalsOf", {
              given: request.approvals.length,
              count: request.approvals_needed,
            }),
          },
          {
            label: t("stock.transfer"),
            value: request.transfer && <Link to={`/stock/transfers/${request.transfer}`}>{request.transfer}</Link>,
          },
          { label: t("stock.madeBy"), value: <ActorName actor={request.made_by} /> },
          { label: t("request.at"), value: <WhenText at={request.created_at} /> },
          { label: t("stock.note"), value: request.note, wide: true },
          { label: t("stock.reason"), value: request.reason, wide: true },
        ]}
      />
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("stock.part")}</th>
            <th className="end">{t("request.asked")}</th>
            <th className="end">{t("request.sent")}</th>
          </tr>
        </thead>
        <tbody>
          {request.lines.map((line) => (
            <tr key={line.id}>
              <td>
                <PartLink part={line.part} />
              </td>
              <td className="end figures">{line.quantity}</td>
              <td className="end figures">{line.fulfilled}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
