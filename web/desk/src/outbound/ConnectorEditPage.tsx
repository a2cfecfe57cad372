import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { addConnector, changeConnector, connector, connectorHelp } from "../api/outbound";
import type { Connector, NewConnector } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { MappingEditor } from "./MappingEditor";
import "../styles/outbound.css";

const AUTHS = ["none", "bearer", "basic", "api_key"] as const;

/** A connector's address, login, schedule and mapping. */
export default function ConnectorEditPage() {
  const { id } = useParams();
  const one = useQuery({
    queryKey: ["connectors", id],
    queryFn: () => connector(id ?? ""),
    enabled: !!id,
  });
  const help = useQuery({ queryKey: ["connectors", "help"], queryFn: connectorHelp, staleTime: Infinity });
  if (one.isError) return <ErrorState error={one.error} retry={() => one.refetch()} />;
  if (help.isError) return <ErrorState error={help.error} retry={() => help.refetch()} />;
  if ((id && one.isPending) || help.isPending) return <PageSkeleton />;
  return <ConnectorForm connector={one.data} example={help.data.example} />;
}

function ConnectorForm({ connector: one, example }: { connector?: Connector; example: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewConnector>();
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const back = one ? `/settings/connectors/${one.id}` : "/settings/connectors";
  const save = useCommand<NewConnector, Connector>({
    version: one?.version,
    form,
    run: ({ name, ...facts }, { key, version }) =>
      one
        ? changeConnector(one.id, { ...facts, secret: facts.secret || undefined }, { key, version })
        : addConnector({ name, ...facts }, key),
    refresh: [["connectors"]],
    done: () => t("connectors.saved"),
    onDone: (made) => {
      setChanged(false);
      window.setTimeout(() => void navigate(`/settings/connectors/${made.id}`));
    },
  });
  const auth = Form.useWatch("auth", form);
  return (
    <div className="page">
      <PageHead
        title={one ? one.title || one.name : t("connectors.new")}
        back={{ to: back, label: t("settings.connectors") }}
      />
      <Form<NewConnector>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="connector-form"
        initialValues={
          one
            ? { ...one, secret: "" }
            : { auth: "bearer", active: true, every_minutes: 0, mapping: example, auth_name: "", secret: "", title: "" }
        }
        onValuesChange={() => setChanged(true)}
        onFinish={() => save.submit(form.getFieldsValue(true) as NewConnector)}
      >
        <div className="connector-facts">
          <Form.Item
            name="name"
            label={t("connectors.name")}
            extra={t("connectors.nameHint")}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t("connectors.nameRule") }]}
          >
            <Input maxLength={40} disabled={!!one} />
          </Form.Item>
          <Form.Item name="title" label={t("connectors.title")}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item
            name="base_url"
            label={t("connectors.address")}
            rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
          >
            <Input maxLength={500} placeholder={t("outbound.urlStart")} inputMode="url" />
          </Form.Item>
          <Form.Item name="auth" label={t("connectors.auth")}>
            <Select options={AUTHS.map((value) => ({ value, label: t.label("auth", value) }))} />
          </Form.Item>
          {(auth === "basic" || auth === "api_key") && (
            <Form.Item name="auth_name" label={t(auth === "basic" ? "connectors.user" : "connectors.header")}>
              <Input maxLength={120} placeholder={auth === "api_key" ? "x-api-key" : ""} autoComplete="off" />
            </Form.Item>
          )}
          {auth !== "none" && (
            <Form.Item
              name="secret"
              label={t("connectors.secret")}
              extra={one?.has_login ? t("connectors.secretKept") : t("connectors.secretHint")}
            >
              <Input.Password maxLength={4000} autoComplete="new-password" visibilityToggle={false} />
            </Form.Item>
          )}
          <Form.Item name="every_minutes" label={t("connectors.every")} extra={t("connectors.everyHint")}>
            <InputNumber min={0} max={10080} precision={0} />
          </Form.Item>
          <Form.Item name="active" label={t("connectors.active")} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        <Form.Item name="mapping" noStyle>
          <MappingEditor />
        </Form.Item>
        {save.error && <Alert type="error" showIcon title={t("connectors.notSaved")} />}
        <div className="section-acts">
          <Button type="primary" htmlType="submit" loading={save.busy}>
            {t("act.save")}
          </Button>
          <Button onClick={() => void navigate(back)}>{t("act.cancel")}</Button>
        </div>
      </Form>
    </div>
  );
}
