import type { QueryKey } from "@tanstack/react-query";
import { Form, Modal } from "antd";
import type { FormInstance } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import type { Attempt } from "./command";
import { useCommand } from "./useCommand";
import { useUnsaved } from "./useUnsaved";
import "../styles/act-dialog.css";

interface Props<V, R> {
  title: ReactNode;
  /** What the act means, above the fields. */
  hint?: ReactNode;
  /** The verb on the button. */
  submit: string;
  danger?: boolean;
  initial?: Partial<V>;
  /** The form, where the fields must be changed from outside, such as by a scanner. */
  form?: FormInstance<V>;
  width?: number;
  version?: number;
  run: (values: V, attempt: Attempt) => Promise<R>;
  refresh?: QueryKey[];
  done?: (result: R, values: V) => string | { text: string; undo: () => Promise<unknown> };
  onDone?: (result: R) => void;
  onClose: () => void;
  /** The fields. */
  children?: ReactNode;
}

/** One act in a dialog: its fields, complaints beside them, sent once however often it is pressed. */
export function ActDialog<V extends object, R>(props: Props<V, R>) {
  const { t } = useWords();
  const [own] = Form.useForm<V>();
  const form = props.form ?? own;
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const command = useCommand<V, R>({
    run: props.run,
    version: props.version,
    refresh: props.refresh,
    done: props.done,
    form,
    onDone: (result) => {
      setChanged(false);
      props.onDone?.(result);
      props.onClose();
    },
  });
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 520}
      okText={props.submit}
      cancelText={t("act.cancel")}
      okButtonProps={{ loading: command.busy, danger: props.danger }}
      mask={{ closable: !changed }}
      onOk={() => form.submit()}
      onCancel={props.onClose}
      className="act-dialog"
      destroyOnHidden
    >
      {props.hint && <p className="quiet act-hint">{props.hint}</p>}
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={props.initial as Record<string, unknown>}
        onValuesChange={() => setChanged(true)}
        onFinish={() => command.submit(form.getFieldsValue(true) as V)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
        }}
      >
        {props.children}
      </Form>
    </Modal>
  );
}
