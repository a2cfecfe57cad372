import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { endpoints } from "../api/outbound";
import type { Endpoint } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { EndpointDialog } from "./EndpointDialog";
import { SecretOnce } from "./SecretOnce";
import { EndpointState } from "./bits";
import "../styles/outbound.css";

/** Programs that are told what happens here. */
export function WebhooksSection() {
  const { t, f } = useWords();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState("");
  const list = useQuery({ queryKey: ["webhooks", "endpoints"], queryFn: endpoints });
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
      {t("webhooks.new")}
    </Button>
  );
  const lastWord = (one: Endpoint): string =>
    [
      one.succeeded_at ? t("webhooks.lastSuccess", { time: f.ago(one.succeeded_at) }) : t("webhooks.neverSent"),
      one.waiting ? t("webhooks.waitingCount", { count: one.waiting }) : "",
      one.dead ? t("webhooks.deadCount", { count: one.dead }) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <div className="settings settings-wide">
      <p className="quiet">{t("webhooks.hint")}</p>
      {secret && <SecretOnce secret={secret} onClose={() => setSecret("")} />}
      {list.isPending && <LinesSkeleton lines={3} />}
      {list.isError && <ErrorState error={list.error} retry={() => list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState title={t("webhooks.none")} hint={t("webhooks.noneHint")}>
          {add}
        </EmptyState>
      )}
      <ul className="rows">
        {list.data?.map((one) => (
          <li key={one.id}>
            <span className="row-text">
              <Link to={`/settings/webhooks/${one.id}`} className="outer-url">
                {one.url}
              </Link>
              {one.description && <span>{one.description}</span>}
              <small>{one.events.join(", ")}</small>
              <small>{lastWord(one)}</small>
            </span>
            <EndpointState endpoint={one} />
          </li>
        ))}
      </ul>
      {list.data && list.data.length > 0 && (
        <div className="section-acts">
          {add}
          <Link to="/settings/webhooks/deliveries">
            <Button>{t("webhooks.log")}</Button>
          </Link>
        </div>
      )}
      {open && (
        <EndpointDialog
          onDone={(made) => setSecret(made.secret ?? "")}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
