import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { Link } from "react-router";
import { transfer } from "../api/stockDocuments";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { TransferActs } from "./TransferActs";
import { PartLink, StateTag, Way } from "./bits";
import { ActorName } from "./moveColumns";

/** A transfer with its lines: what was sent, what arrived, what was lost. */
export function TransferDrawer({ number, onClose }: { number: string; onClose: () => void }) {
  const { t } = useWords();
  const one = useQuery({ queryKey: ["stock", "transfer", number], queryFn: () => transfer(number) });
  const shown = one.data;
  return (
    <Drawer open size={520} title={number} onClose={onClose} extra={shown && <TransferActs transfer={shown} />}>
      {one.isPending && <LinesSkeleton lines={3} />}
      {one.isError && <ErrorState error={one.error} retry={() => one.refetch()} />}
      {shown && (
        <>
          <Facts
            facts={[
              { label: t("transfer.state"), value: <StateTag group="transferState" state={shown.state} /> },
              { label: t("move.way"), value: <Way source={shown.source} target={shown.target} /> },
              { label: t("transfer.expected"), value: shown.expected_at && <WhenText at={shown.expected_at} /> },
              { label: t("transfer.shippedAt"), value: shown.shipped_at && <WhenText at={shown.shipped_at} /> },
              { label: t("transfer.arrivedAt"), value: shown.received_at && <WhenText at={shown.received_at} /> },
              {
                label: t("stock.request"),
                value: shown.request && <Link to={`/stock/requests/${shown.request}`}>{shown.request}</Link>,
              },
              { label: t("stock.madeBy"), value: <ActorName actor={shown.made_by} /> },
              { label: t("stock.note"), value: shown.note },
            ]}
          />
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t("stock.part")}</th>
                <th className="end">{t("transfer.sentCount")}</th>
                <th className="end">{t("transfer.arrived")}</th>
                <th className="end">{t("transfer.lost")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.lines.map((line) => (
                <tr key={line.id}>
                  <td>
                    <PartLink part={line.part} />
                    <small className="quiet">{[line.lot, line.serial].filter(Boolean).join(" · ")}</small>
                  </td>
                  <td className="end figures">{line.quantity}</td>
                  <td className="end figures">{line.received}</td>
                  <td className="end figures">{line.lost}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Drawer>
  );
}
