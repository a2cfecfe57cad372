import { Form } from "antd";
import { createTransfer } from "../../api/stockDocuments";
import type { Reservation } from "../../api/stockTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LocationPicker } from "../pickers";
import { STOCK_KEYS } from "./keys";

/** Reserved parts are sent to another location and stay kept for the same purpose there. */
export function SendKeptDialog({ reservation, onClose }: { reservation: Reservation; onClose: () => void }) {
  const { t } = useWords();
  const count = reservation.quantity - reservation.consumed;
  return (
    <ActDialog<{ target: string }, { number: string }>
      title={t("reservation.sendTitle", { count, part: reservation.part })}
      hint={t("reservation.sendHint", { place: reservation.location })}
      submit={t("stock.send")}
      refresh={STOCK_KEYS}
      run={({ target }, { key }) =>
        createTransfer(
          {
            source: reservation.location,
            target,
            expected_at: null,
            note: "",
            ship: true,
            lines: [
              {
                part: reservation.part,
                quantity: count,
                lot: reservation.lot,
                serial: reservation.serial,
                condition: "good",
                reservation_id: reservation.id,
              },
            ],
          },
          key,
        )
      }
      done={(transfer) => t("transfer.sent", { number: transfer.number })}
      onClose={onClose}
    >
      <Form.Item
        name="target"
        label={t("transfer.target")}
        rules={[
          { required: true, message: t("form.needed") },
          {
            validator: async (_, target?: string) => {
              if (target === reservation.location) throw new Error(t("transfer.same"));
            },
          },
        ]}
      >
        <LocationPicker label={t("stock.location")} />
      </Form.Item>
    </ActDialog>
  );
}
