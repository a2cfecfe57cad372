import { Button, Form } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { changeContract, createContract } from "../api/contracts";
import type { ContractFile } from "../api/contracts";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { ContractForm } from "./ContractForm";
import { useContractFile } from "./ContractPage";
import { NEW_CONTRACT, changesOf, newOf, valuesOf } from "./contractValues";
import type { ContractValues } from "./contractValues";
import "../styles/contracts.css";

/** A contract is written: a new one, or the terms of one on file. */
export default function ContractEditPage() {
  const { number = "" } = useParams();
  const file = useContractFile(number);
  if (!number) return <Editor />;
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Editor file={file.data} />;
}

function Editor({ file }: { file?: ContractFile }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<ContractValues>();
  const [changed, setChanged] = useState(false);
  // What was typed stays, also when a colleague's change is read anew meanwhile.
  const [first] = useState(() => (file ? valuesOf(file) : NEW_CONTRACT));
  useUnsaved(changed);
  const number = file?.contract.number;
  const save = useCommand({
    run: (values: ContractValues, { key, version }) =>
      number
        ? changeContract(number, changesOf(values), version)
        : createContract(newOf(values), key),
    version: file?.contract.version,
    refresh: [["contracts"], ["entitlement"]],
    form,
    done: (one) => t(number ? "contract.changed" : "contract.created", { number: one.number }),
    onDone: (one) => void navigate(`/contracts/${encodeURIComponent(one.number)}`),
  });
  const back = number ? `/contracts/${encodeURIComponent(number)}` : "/contracts";
  return (
    <div className="page page-form">
      <PageHead
        back={{ to: back, label: number ?? t("nav.contracts") }}
        title={number ? t("contract.edit", { number }) : t("contracts.new")}
        sub={file?.contract.customer_name}
      >
        <Button onClick={() => void navigate(back)}>{t("act.cancel")}</Button>
        <Button type="primary" loading={save.busy} onClick={() => form.submit()}>
          {t("act.save")}
        </Button>
      </PageHead>
      <ContractForm
        form={form}
        first={first}
        existing={!!number}
        onChange={() => setChanged(true)}
        onSubmit={save.submit}
      />
    </div>
  );
}
