import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { SLOTS, findFaults, mergePreview, stepFault } from "../api/faults";
import type { Fault, FaultFile, MergePreview } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Lookup } from "../ui/Lookup";
import { useFailureText } from "../ui/useFailureText";
import { SlotText, SuccessBar } from "./bits";
import { pathOf } from "./terms";

interface Values {
  into: string;
  reason?: string;
}

/** Make a fault a part of another: what it would do stands there before it is done. */
export function MergeDialog(props: { fault: Fault; into?: string; close: () => void }) {
  const { fault, close } = props;
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const into = Form.useWatch("into", form) ?? props.into;
  const found = useQuery({
    queryKey: ["faults", fault.number, "merge", into, language],
    queryFn: () => mergePreview(fault.number, into ?? "", language),
    enabled: !!into && into !== fault.number,
    retry: false,
  });
  return (
    <ActDialog<Values, FaultFile>
      form={form}
      title={t("fault.mergeTitle", { number: fault.number })}
      hint={t("fault.mergeHint")}
      submit={t("fault.merge")}
      width={720}
      version={fault.version}
      initial={{ into: props.into }}
      run={(values, how) => stepFault(fault.number, "merge", { ...values }, how)}
      refresh={[["faults"]]}
      done={(after) => ({
        text: t("fault.mergeDone", { number: fault.number, into: after.number }),
        undo: () => stepFault(fault.number, "unmerge", {}, { key: crypto.randomUUID() }),
      })}
      onDone={(after) => void navigate(pathOf(after.number))}
      onClose={close}
    >
      <Form.Item name="into" label={t("fault.mergeInto")} rules={[{ required: true, message: t("form.needed") }]}>
        <Lookup kind="faults" find={findFaults} autoFocus={!props.into} />
      </Form.Item>
      {found.isError && <Failed error={found.error} />}
      {found.data && <Preview preview={found.data} />}
      <Form.Item name="reason" label={t("fault.whySame")}>
        <Input maxLength={1000} />
      </Form.Item>
    </ActDialog>
  );
}

function Failed({ error }: { error: unknown }) {
  const textOf = useFailureText();
  return <Alert type="warning" showIcon title={textOf(error)} className="merge-preview" />;
}

function Preview({ preview }: { preview: MergePreview }) {
  const { t } = useWords();
  const { fault, into, after } = preview;
  const share = (slot: string) => preview.likeness.find((one) => one.slot === slot)?.share ?? null;
  const gained = [
    t("fault.findingsMoved", { count: preview.findings }),
    preview.models_added.length > 0 && t("fault.modelsAdded", { list: preview.models_added.join(", ") }),
    preview.codes_added.length > 0 && t("fault.codesAdded", { list: preview.codes_added.join(", ") }),
    preview.links_added > 0 && t("fault.linksAdded", { count: preview.links_added }),
  ].filter(Boolean);
  return (
    <div className="merge-preview scroll-x">
      <table className="book-table">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col" className="figures">{fault.number}</th>
            <th scope="col" className="figures">{into.number}</th>
            <th scope="col">{t("fault.alikeColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {SLOTS.map((slot) => (
            <tr key={slot}>
              <th scope="row">{t.label("fault", slot)}</th>
              <td><SlotText slot={fault[slot]} /></td>
              <td><SlotText slot={into[slot]} /></td>
              <td className="figures">{share(slot) === null ? "–" : `${Math.round((share(slot) ?? 0) * 100)} %`}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t("fault.success")}</th>
            <td><SuccessBar success={fault.success} /></td>
            <td><SuccessBar success={into.success} /></td>
            <td />
          </tr>
        </tbody>
      </table>
      <p className="merge-after">
        <strong>{t("fault.afterMerge", { number: into.number })}</strong> <SuccessBar success={after} />
        <small className="quiet block">{gained.join(" · ")}</small>
      </p>
    </div>
  );
}
