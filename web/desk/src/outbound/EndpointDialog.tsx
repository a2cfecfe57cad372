import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select, Switch } from "antd";
import { addEndpoint, changeEndpoint, eventKinds } from "../api/outbound";
import type { Endpoint, EndpointFacts } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Props {
  /** Absent: a new one. */
  endpoint?: Endpoint;
  onDone: (endpoint: Endpoint) => void;
  onClose: () => void;
}

/** Where to, which facts, and whether people are named in them. */
export function EndpointDialog({ endpoint, onDone, onClose }: Props) {
  const { t } = useWords();
  return (
    <ActDialog<EndpointFacts, Endpoint>
      title={endpoint ? t("webhooks.change") : t("webhooks.new")}
      submit={endpoint ? t("act.save") : t("act.add")}
      width={600}
      version={endpoint?.version}
      initial={endpoint ?? { events: ["ticket.*"], include_personal: false, description: "" }}
      run={(values, { key, version }) => {
        const { url, events, description, include_personal } = values;
        const facts = { url: url.trim(), events, description, include_personal };
        return endpoint
          ? changeEndpoint(endpoint.id, facts, { key, version })
          : addEndpoint(facts, key);
      }}
      refresh={[["webhooks"]]}
      done={() => (endpoint ? t("webhooks.changed") : t("webhooks.added"))}
      onDone={onDone}
      onClose={onClose}
    >
      <Form.Item
        name="url"
        label={t("webhooks.url")}
        extra={t("webhooks.urlHint")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input maxLength={500} placeholder={t("outbound.urlStart")} autoFocus={!endpoint} inputMode="url" />
      </Form.Item>
      <EventsField />
      <Form.Item name="description" label={t("webhooks.description")}>
        <Input maxLength={200} placeholder={t("webhooks.descriptionHint")} />
      </Form.Item>
      <Form.Item
        name="include_personal"
        label={t("webhooks.personal")}
        extra={t("webhooks.personalHint")}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </ActDialog>
  );
}

function EventsField() {
  const { t } = useWords();
  const kinds = useQuery({ queryKey: ["webhooks", "events"], queryFn: eventKinds, staleTime: Infinity });
  const stems = [...new Set((kinds.data ?? []).map(({ type }) => type.split(".")[0] ?? ""))];
  const options = [
    { label: t("webhooks.allEvents"), options: [{ value: "*", label: t("webhooks.everything") }] },
    ...stems.map((stem) => ({
      label: t.label("eventGroup", stem),
      options: [
        { value: `${stem}.*`, label: `${t.label("eventGroup", stem)}: ${t("webhooks.everything")}` },
        ...(kinds.data ?? [])
          .filter(({ type }) => type.startsWith(`${stem}.`))
          .map(({ type }) => ({ value: type, label: type })),
      ],
    })),
  ];
  return (
    <Form.Item
      name="events"
      label={t("webhooks.events")}
      rules={[{ required: true, message: t("form.needed") }]}
    >
      <Select mode="multiple" allowClear loading={kinds.isPending} options={options} />
    </Form.Item>
  );
}
