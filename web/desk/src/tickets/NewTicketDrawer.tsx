import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Form, Input, Select, Skeleton } from "antd";
import { Link, useNavigate } from "react-router";
import { findCustomers, findDevices } from "../api/lookups";
import { openTicket, ticketForms, ticketTags, wouldRepeat } from "../api/tickets";
import type { FormField, OpenTicket, TicketForms } from "../api/types";
import type { OwnValues } from "../api/customise";
import { OwnFormFields } from "../customise/OwnFormFields";
import { filled, useOwnForms, useOwnTypes, useText } from "../customise/ownFields";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Lookup } from "../ui/Lookup";
import { useCommand } from "../ui/useCommand";
import { useDebounced } from "../ui/useDebounced";
import { useStored, writeStored } from "../ui/useStored";
import { useUnsaved } from "../ui/useUnsaved";
import { DuplicateReasons } from "./DuplicatesBox";
import { StateTag } from "./Tags";
import { fieldName } from "./fieldName";
import { PRIORITIES, TYPES } from "./terms";

const DRAFT = "draft.ticket.new";
const EMPTY: OpenTicket = { type: "incident", title: "", description: "", priority: "normal" } as OpenTicket;

/** A new ticket by hand: what the type asks for, and a look at what may be the same already. */
export default function NewTicketDrawer({ close }: { close: () => void }) {
  const { t } = useWords();
  const forms = useQuery({ queryKey: ["ticket-forms"], queryFn: ticketForms, staleTime: Infinity });
  return (
    <Drawer open onClose={close} size={560} title={t("tickets.new")} rootClassName="ticket-drawer">
      {forms.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {forms.isError && <ErrorState error={forms.error} retry={() => forms.refetch()} />}
      {forms.data && <NewTicketForm forms={forms.data} close={close} />}
    </Drawer>
  );
}

function NewTicketForm({ forms, close }: { forms: TicketForms; close: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [form] = Form.useForm<OpenTicket>();
  const [kept, keep] = useStored<OpenTicket | null>(DRAFT, null);
  const values = Form.useWatch([], form) as OpenTicket | undefined;
  const tags = useQuery({ queryKey: ["tickets", "tags"], queryFn: ticketTags });
  const text = useText();
  const ownTypes = useOwnTypes();
  const ownForms = useOwnForms();
  useUnsaved(kept !== null);
  const open = useCommand({
    run: (body: OpenTicket, { key }) => openTicket(body, key),
    refresh: [["tickets"]],
    form,
    done: (ticket) => t("ticket.created", { number: ticket.number }),
    onDone: (ticket) => {
      writeStored(DRAFT, null);
      close();
      void navigate(`/tickets/${encodeURIComponent(ticket.number)}`);
    },
  });
  const own = ownTypes.find((one) => one.code === values?.type);
  const base = own?.base ?? values?.type;
  const asked = forms.types.find((one) => one.type === base)?.fields ?? [];
  const byCode = (code?: string) => ownForms.find((one) => one.own && one.ticket_type === code);
  const ownForm = byCode(own?.code) ?? byCode(base);
  const serialNeeded = asked.some((one) => one.kind === "serial" && one.required_at === "open");
  const discard = () => {
    writeStored(DRAFT, null);
    close();
  };
  return (
    <Form<OpenTicket>
      form={form}
      layout="vertical"
      initialValues={kept ?? EMPTY}
      onValuesChange={(_, all) => keep(all)}
      onFinish={(all) => open.submit(typed(cleaned(all, asked), own))}
    >
      <div className="form-two">
        <Form.Item name="type" label={t("ticket.type")}>
          <Select
            options={[
              ...TYPES.map((value) => ({ value: value as string, label: t.label("type", value) })),
              ...ownTypes
                .filter((one) => one.active)
                .map((one) => ({ value: one.code, label: text(one.label) })),
            ]}
            onChange={(code: string) => {
              const usual = ownTypes.find((one) => one.code === code)?.priority;
              if (usual) form.setFieldValue("priority", usual);
            }}
          />
        </Form.Item>
        <Form.Item name="priority" label={t("ticket.priority")}>
          <Select options={PRIORITIES.map((value) => ({ value, label: t.label("priority", value) }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="title"
        label={t("ticket.title")}
        rules={[{ required: true, whitespace: true, message: t("ticket.titleNeeded") }]}
      >
        <Input autoFocus maxLength={300} />
      </Form.Item>
      <Form.Item
        name="serial"
        label={t("ticket.serial")}
        rules={[{ required: serialNeeded, message: t("form.needed") }]}
      >
        <Lookup kind="devices" find={findDevices} placeholder={t("devices.search")} />
      </Form.Item>
      {!values?.serial && (
        <div className="form-two">
          <Form.Item name="customer_id" label={t("side.customer")}>
            <Lookup kind="customers" find={findCustomers} placeholder={t("customers.search")} />
          </Form.Item>
          <Form.Item name="model" label={t("ticket.model")}>
            <Input maxLength={80} />
          </Form.Item>
        </div>
      )}
      <MayRepeat draft={values} />
      <Form.Item name="description" label={t("ticket.description")}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />
      </Form.Item>
      {asked.filter((one) => one.kind !== "serial").map((field) => (
        <AskedField key={field.name} field={field} />
      ))}
      <OwnFormFields subject="ticket" values={(values?.custom ?? {}) as OwnValues} form={ownForm} />
      <div className="form-two">
        <Form.Item name="error_codes" label={t("ticket.errorCodes")}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，"]} />
        </Form.Item>
        <Form.Item name="callback_phone" label={t("ticket.callback")}>
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
      </div>
      <Form.Item name="tags" label={t("ticket.tags")}>
        <Select
          mode="tags"
          tokenSeparators={[",", "，"]}
          options={(tags.data ?? []).map((one) => ({ value: one.tag, label: one.tag }))}
        />
      </Form.Item>
      <div className="form-acts">
        <Button onClick={discard}>{t("act.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={open.busy}>
          {t("ticket.create")}
        </Button>
      </div>
    </Form>
  );
}

/** An own type brings its base; the backend takes it by its own name. */
function typed(values: OpenTicket, own?: { code: string }): OpenTicket {
  if (!own) return values;
  const { type: _, ...rest } = values;
  return { ...rest, own_type: own.code } as OpenTicket;
}

/** Only what the chosen type asks for is sent, and nothing that was left empty. */
export function cleaned(values: OpenTicket, asked: FormField[]): OpenTicket {
  const fields = Object.fromEntries(
    asked
      .map((one) => [one.name, values.fields?.[one.name]] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ""),
  );
  const custom = filled(values.custom as OwnValues | undefined);
  const own = Object.keys(custom).length > 0 ? custom : undefined;
  const facts = Object.entries({ ...values, fields, custom: own }).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return Object.fromEntries(facts) as OpenTicket;
}

function AskedField({ field }: { field: FormField }) {
  const { t } = useWords();
  return (
    <Form.Item
      name={["fields", field.name]}
      label={fieldName(field.name, t)}
      rules={[{ required: field.required_at === "open", message: t("form.needed") }]}
      extra={field.required_at === "resolve" ? t("ticket.neededLater") : undefined}
    >
      {field.kind === "choice" ? (
        <Select
          allowClear
          options={field.choices?.map((value) => ({ value, label: t.label("fieldChoice", value) }))}
        />
      ) : (
        <Input type={field.kind === "date" ? "date" : "text"} maxLength={1000} />
      )}
    </Form.Item>
  );
}

/** Tickets that the one being written may repeat, told while there is still time. */
function MayRepeat({ draft }: { draft?: OpenTicket }) {
  const { t } = useWords();
  const asked = useDebounced(
    {
      title: draft?.title?.trim() || undefined,
      serial: draft?.serial || undefined,
      customer_id: draft?.customer_id || undefined,
      error_code: draft?.error_codes,
    },
    400,
  );
  const found = useQuery({
    queryKey: ["tickets", "would-repeat", asked],
    queryFn: ({ signal }) => wouldRepeat(asked, signal),
    enabled: !!(asked.serial || (asked.title && asked.title.length >= 4)),
  });
  const likely = (found.data ?? []).slice(0, 3);
  if (likely.length === 0) return null;
  return (
    <Alert
      type="warning"
      className="may-repeat"
      title={t("ticket.mayRepeat", { count: likely.length })}
      description={
        <ul className="family">
          {likely.map((one) => (
            <li key={one.number}>
              <Link to={`/tickets/${encodeURIComponent(one.number)}`} target="_blank">
                <span className="figures">{one.number}</span> {one.title}
              </Link>
              <StateTag state={one.state} />
              <DuplicateReasons one={one} />
            </li>
          ))}
        </ul>
      }
    />
  );
}
