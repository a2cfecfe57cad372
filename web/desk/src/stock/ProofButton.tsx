import { SafetyCertificateOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { stockProof } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { useFailure } from "../ui/useFailureText";

/** Checks that balances, serials and reservations follow from the moves, and says what does not. */
export function ProofButton() {
  const { t, f } = useWords();
  const { modal } = App.useApp();
  const { fail } = useFailure();
  const check = useMutation({
    mutationFn: stockProof,
    onError: fail,
    onSuccess: (proof) => {
      const told = t("stock.proofText", {
        moves: f.number(proof.moves),
        balances: f.number(proof.balances),
      });
      if (proof.ok) {
        modal.success({ title: t("stock.proofOk"), content: told, okText: t("act.close") });
        return;
      }
      modal.error({
        title: t("stock.proofFailed", { count: proof.findings.length }),
        okText: t("act.close"),
        width: 620,
        content: (
          <ul className="stock-findings">
            {proof.findings.slice(0, 30).map((one, index) => (
              <li key={index}>
                {t("stock.finding", {
                  what: t.label("finding", one.kind),
                  place: one.location,
                  part: one.part,
                  booked: one.booked,
                  moved: one.moved,
                })}
              </li>
            ))}
          </ul>
        ),
      });
    },
  });
  return (
    <Button
      icon={<SafetyCertificateOutlined />}
      loading={check.isPending}
      title={t("stock.proofHint")}
      onClick={() => check.mutate()}
    >
      {t("stock.proof")}
    </Button>
  );
}
