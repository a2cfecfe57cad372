import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import type { ComponentType } from "react";
import { useMe } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { STOCK_ACT_NAMES } from "../actNames";
import type { StockActName } from "../actNames";
import { CountDialog } from "./CountDialog";
import { IssueDialog } from "./IssueDialog";
import { ReceiveDialog } from "./ReceiveDialog";
import { RequestDialog } from "./RequestDialog";
import { ReserveDialog } from "./ReserveDialog";
import { ReturnDialog } from "./ReturnDialog";
import { ScrapDialog } from "./ScrapDialog";
import { TransferDialog } from "./TransferDialog";
import type { ActProps, Start } from "./start";

const DIALOGS: Record<StockActName, ComponentType<ActProps>> = {
  receive: ReceiveDialog,
  issue: IssueDialog,
  transfer: TransferDialog,
  return: ReturnDialog,
  request: RequestDialog,
  reserve: ReserveDialog,
  count: CountDialog,
  scrap: ScrapDialog,
};

interface Props {
  /** What the acts start with. */
  start?: Start;
  /** Those that stand as buttons beside the menu, the likely one first. */
  first?: StockActName[];
  /** One that is open from the beginning, as a link asked for. */
  opened?: string | null;
  onClosed?: () => void;
}

/** The acts on stock that this person may do. */
export function StockActMenu({ start = {}, first = [], opened, onClosed }: Props) {
  const { t } = useWords();
  const { scopes } = useMe();
  const [open, setOpen] = useState<StockActName>();
  const allowed = STOCK_ACT_NAMES.filter(({ scope }) => scopes.includes(scope));
  const rest = allowed.filter(({ name }) => !first.includes(name));
  const shown = allowed.find(({ name }) => name === (open ?? opened))?.name;
  const Dialog = shown && DIALOGS[shown];
  const close = () => {
    setOpen(undefined);
    onClosed?.();
  };
  return (
    <>
      {first.map((name, index) => {
        const act = allowed.find((one) => one.name === name);
        return (
          act && (
            <Button key={name} type={index === 0 ? "primary" : "default"} onClick={() => setOpen(name)}>
              {t(act.title)}
            </Button>
          )
        );
      })}
      {rest.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: rest.map(({ name, title }) => ({
              key: name,
              label: t(title),
              danger: name === "scrap",
            })),
            onClick: ({ key }) => setOpen(key as StockActName),
          }}
        >
          <Button>
            {t("stock.acts")} <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {Dialog && <Dialog start={start} onClose={close} />}
    </>
  );
}
