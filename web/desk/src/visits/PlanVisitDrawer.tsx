import { AutoComplete, Button, Drawer, Form, Input } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { Ticket, TicketFile } from "../api/types";
import { planVisit, visits } from "../api/visits";
import type { VisitPlan } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { knownZone, ownZone } from "../ui/zoned";
import { WindowField, nextWindow } from "./WindowField";
import type { WindowValue } from "./WindowField";
import { WindowText } from "./WindowText";
import { useEngineers } from "./useEngineers";

interface Values {
  window: WindowValue;
  engineer?: string;
  purpose?: string;
  site?: string;
}

interface Props {
  ticket: Pick<Ticket, "number" | "title" | "engineer">;
  /** What an earlier visit suggests for this one. */
  suggestion?: VisitPlan;
  close: () => void;
}

/** Plan a visit for a ticket: when, who, what for. */
export default function PlanVisitDrawer({ ticket, suggestion, close }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const engineers = useEngineers();
  const [form] = Form.useForm<Values>();
  const file = client.getQueryData<TicketFile>(["tickets", ticket.number]);
  const zone = [suggestion?.window.time_zone, file?.customer?.time_zone].find(
    (one) => one && knownZone(one),
  );
  const first: Values = {
    window: (suggestion?.window as WindowValue | undefined) ?? nextWindow(zone ?? ownZone()),
    engineer: suggestion?.engineer ?? ticket.engineer,
    purpose: suggestion?.purpose ?? ticket.title,
    site: suggestion?.site ?? file?.asset?.site ?? "",
  };
  useUnsaved(form.isFieldsTouched());
  const plan = useCommand({
    run: (values: Values, { key }) =>
      planVisit({ ...values, ticket: ticket.number } as VisitPlan, key),
    refresh: [["tickets"], ["visits"]],
    form,
    done: (visit) => t("visit.planned", { number: visit.number }),
    onDone: (visit) => {
      close();
      void navigate(`/visits/${encodeURIComponent(visit.number)}`);
    },
  });
  return (
    <Drawer
      open
      onClose={close}
      size={520}
      title={t("visit.planFor", { number: ticket.number })}
      footer={
        <div className="form-acts">
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button type="primary" loading={plan.busy} onClick={() => form.submit()}>
            {t("visit.plan")}
          </Button>
        </div>
      }
    >
      <Form<Values> form={form} layout="vertical" initialValues={first} onFinish={plan.submit}>
        <Form.Item name="window" label={t("visit.window")}>
          <WindowField />
        </Form.Item>
        <Form.Item name="engineer" label={t("ticket.engineer")}>
          <AutoComplete
            options={engineers}
            maxLength={40}
            placeholder={t("visit.engineerHint")}
            showSearch={{
              filterOption: (text, option) =>
                (option?.label ?? "").toLowerCase().includes(text.toLowerCase()),
            }}
          />
        </Form.Item>
        <DayOfEngineer />
        <Form.Item name="purpose" label={t("visit.purpose")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={5000} />
        </Form.Item>
        <Form.Item name="site" label={t("visit.site")}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}

/** What else the engineer has that day, so that nobody is sent to two places. */
function DayOfEngineer() {
  const { t } = useWords();
  const form = Form.useFormInstance<Values>();
  const engineer = Form.useWatch("engineer", form)?.trim();
  const window = Form.useWatch("window", form);
  const day = window ? new Date(window.from) : new Date();
  const start = new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const end = new Date(start.getTime() + 86_400_000);
  const found = useQuery({
    queryKey: ["visits", "day", engineer, start.toISOString()],
    queryFn: ({ signal }) =>
      visits(
        { engineer, window_from: start.toISOString(), window_until: end.toISOString(), limit: 20 },
        signal,
      ),
    enabled: !!engineer && !!window,
  });
  const others = (found.data?.items ?? []).filter((one) => one.state !== "cancelled");
  if (!engineer || others.length === 0) return null;
  return (
    <div className="engineer-day">
      <span className="quiet">{t("visit.dayOf", { engineer })}</span>
      <ul>
        {others.map((one) => (
          <li key={one.number}>
            <WindowText window={one.window} /> <span className="quiet">{one.site || one.purpose}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
