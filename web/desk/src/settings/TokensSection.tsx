import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Popconfirm, Select, Typography } from "antd";
import { useState } from "react";
import { useMe } from "../app/session";
import { createToken, revokeToken, tokens } from "../api/account";
import type { Token } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailure } from "../ui/useFailureText";
import { scopeGroups } from "./scopeGroups";

/** One's own tokens for scripts; a secret is shown once. */
export function TokensSection() {
  const { t } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const list = useQuery({ queryKey: ["tokens"], queryFn: tokens });
  const [made, setMade] = useState<Token>();
  const refresh = () => client.invalidateQueries({ queryKey: ["tokens"] });
  const revoke = useMutation({ mutationFn: revokeToken, onSuccess: refresh, onError: fail });
  const shown = list.data?.filter((one) => !one.revoked) ?? [];
  return (
    <Section title={t("tokens.title")}>
      <p className="quiet">{t("tokens.hint")}</p>
      {made?.secret && (
        <Alert
          type="success"
          showIcon
          closable={{ onClose: () => setMade(undefined) }}
          title={t("tokens.once", { name: made.name })}
          description={
            <Typography.Text copyable code className="secret">
              {made.secret}
            </Typography.Text>
          }
        />
      )}
      {list.isPending && <LinesSkeleton lines={2} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      <ul className="rows">
        {shown.map((token) => (
          <li key={token.id}>
            <TokenLine token={token} />
            <Popconfirm
              title={t("tokens.revokeAsk", { name: token.name })}
              okText={t("tokens.revoke")}
              cancelText={t("act.cancel")}
              onConfirm={() => revoke.mutateAsync(token.id).catch(() => undefined)}
            >
              <Button danger size="small">
                {t("tokens.revoke")}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {list.data && shown.length === 0 && <p className="quiet">{t("tokens.none")}</p>}
      <NewToken
        onMade={(token) => {
          setMade(token);
          void refresh();
        }}
      />
    </Section>
  );
}

function TokenLine({ token }: { token: Token }) {
  const { t, f } = useWords();
  return (
    <span className="row-text">
      <strong>{token.name}</strong>
      <small>{token.scopes.join(", ") || t("tokens.allScopes")}</small>
      <small>
        {token.expires_at ? t("tokens.until", { date: f.date(token.expires_at) }) : t("tokens.forever")}
        {" · "}
        {token.last_used_at ? t("tokens.used", { time: f.ago(token.last_used_at) }) : t("tokens.unused")}
      </small>
    </span>
  );
}

interface NewTokenValues {
  name: string;
  scopes?: string[];
  days?: number | null;
}

function NewToken({ onMade }: { onMade: (token: Token) => void }) {
  const { t } = useWords();
  const me = useMe();
  const { fail } = useFailure();
  const [form] = Form.useForm<NewTokenValues>();
  const make = useMutation({
    mutationFn: ({ name, scopes, days }: NewTokenValues) =>
      createToken({ name: name.trim(), scopes: scopes ?? [], days: days ?? null }),
    onSuccess: (token) => {
      form.resetFields();
      onMade(token);
    },
    onError: fail,
  });
  return (
    <Form
      form={form}
      layout="vertical"
      className="inline-form"
      initialValues={{ days: 90 }}
      onFinish={(values) => make.mutate(values)}
    >
      <Form.Item
        name="name"
        label={t("tokens.name")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="scopes" label={t("tokens.scopes")} className="grow">
        <Select
          mode="multiple"
          allowClear
          placeholder={t("tokens.allScopes")}
          showSearch={{ optionFilterProp: "search" }}
          options={scopeGroups(me.scopes).map(({ group, scopes }) => ({
            label: t.label("scopeGroup", group),
            options: scopes.map((scope) => ({
              value: scope,
              label: `${t.label("scope", scope)} (${scope})`,
              search: `${t.label("scope", scope)} ${scope}`,
            })),
          }))}
        />
      </Form.Item>
      <Form.Item name="days" label={t("tokens.days")}>
        <InputNumber min={1} max={3650} precision={0} />
      </Form.Item>
      <Button htmlType="submit" loading={make.isPending}>
        {t("tokens.make")}
      </Button>
    </Form>
  );
}
