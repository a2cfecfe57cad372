import { Button, Form, Input, Modal, Space } from "antd";
import { useQuery } from "@tanstack/react-query";
import { batchFile, batches, exportInvoices } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { Sheet } from "./bits";

interface Values {
  issued_from?: string;
  issued_until?: string;
}

/** Hand issued papers to the accounts, once each; a batch can be fetched again in any form. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t, f } = useWords();
  const [form] = Form.useForm<Values>();
  const known = useQuery({ queryKey: ["invoices", "batches"], queryFn: batches });
  const make = useCommand<Values, { number: string; count: number }>({
    run: (values, { key }) =>
      exportInvoices(
        { issued_from: values.issued_from || null, issued_until: values.issued_until || null, series: "" },
        key,
      ),
    refresh: [["invoices"]],
    done: (batch) => t("invoice.handedOver", { number: batch.number, count: batch.count }),
  });
  return (
    <Modal open title={t("invoice.handOver")} width={640} footer={null} onCancel={onClose}>
      <p className="quiet">{t("invoice.handOverHint")}</p>
      <Form<Values> form={form} layout="vertical" onFinish={make.submit}>
        <div className="form-two">
          <Form.Item name="issued_from" label={t("invoice.from")}>
            <Input type="date" />
          </Form.Item>
          <Form.Item name="issued_until" label={t("invoice.until")}>
            <Input type="date" />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={make.busy}>
          {t("invoice.makeBatch")}
        </Button>
      </Form>
      {(known.data?.length ?? 0) > 0 && (
        <Sheet label={t("invoice.batches")}>
          <thead>
            <tr>
              <th>{t("invoice.batch")}</th>
              <th className="end">{t("invoice.papers")}</th>
              <th>{t("invoice.when")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {known.data?.map((batch) => (
              <tr key={batch.id}>
                <td className="figures nowrap">{batch.number}</td>
                <td className="end figures">{f.number(batch.count)}</td>
                <td>
                  {f.dateTime(batch.created_at)}
                  <small className="quiet">{batch.made_by}</small>
                </td>
                <td>
                  <Space>
                    {["csv", "xlsx", "json"].map((format) => (
                      <Button key={format} size="small" href={batchFile(batch.id, format)} download>
                        {format.toUpperCase()}
                      </Button>
                    ))}
                  </Space>
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </Modal>
  );
}
