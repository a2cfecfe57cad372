import { Button, Form, Input, Typography } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { rotateCode } from "../api/devices";
import type { DeviceFile } from "../api/devices";
import type { Asset } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";

interface Props {
  device: Asset;
  link: DeviceFile["public_link"];
}

/** The page that a device's label opens for whoever stands before it. */
export function PublicLinkCard({ device, link }: Props) {
  const { t } = useWords();
  const mayWrite = useMay("assets:write");
  const [rotating, setRotating] = useState(false);
  return (
    <Section title={t("public.title")}>
      <p className="quiet">{t("public.hint")}</p>
      <Typography.Paragraph copyable={{ text: link.url }} className="public-link">
        <a href={link.url} target="_blank" rel="noreferrer">
          {link.url}
        </a>
      </Typography.Paragraph>
      {mayWrite && (
        <Button size="small" danger onClick={() => setRotating(true)}>
          {t("public.rotate")}
        </Button>
      )}
      {rotating && (
        <ActDialog<{ reason?: string }, Asset>
          danger
          title={t("public.rotateTitle", { serial: device.serial })}
          hint={t("public.rotateHint")}
          submit={t("public.rotate")}
          version={device.version}
          refresh={[["assets", device.serial]]}
          run={({ reason }, { key, version }) =>
            rotateCode(device.serial, { reason: reason?.trim() ?? "", version }, key)
          }
          done={() => t("public.rotated")}
          onClose={() => setRotating(false)}
        >
          <Form.Item name="reason" label={t("stock.reason")}>
            <Input autoFocus maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}
