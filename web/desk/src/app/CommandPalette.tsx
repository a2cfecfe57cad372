import { Input, Modal, Spin } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { onOpenPalette } from "./paletteState";
import { useFoundCommands, useStandingCommands } from "./paletteCommands";
import type { Command } from "./paletteCommands";
import "../styles/palette.css";

/** Ctrl-K: reach every page, act and record by typing. */
export function CommandPalette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((was) => !was);
      }
    };
    window.addEventListener("keydown", onKey);
    const forget = onOpenPalette(() => setOpen(true));
    return () => {
      window.removeEventListener("keydown", onKey);
      forget();
    };
  }, []);
  return (
    <Modal
      open={open}
      onCancel={() => setOpen(false)}
      footer={null}
      closable={false}
      width={600}
      style={{ top: 80 }}
      className="palette"
      destroyOnHidden
    >
      <Palette close={() => setOpen(false)} />
    </Modal>
  );
}

function Palette({ close }: { close: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const standing = useStandingCommands();
  const { found, searching } = useFoundCommands(text);
  const commands = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    const fitting = standing.filter((one) => one.title.toLowerCase().includes(wanted));
    return [...fitting, ...found];
  }, [standing, found, text]);
  const current = Math.min(active, Math.max(0, commands.length - 1));

  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    if (command.to) void navigate(command.to);
    else command.act?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive(Math.min(current + 1, commands.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
    else if (event.key === "Enter") run(commands[current]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        value={text}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={commands[current] ? `palette-${commands[current].key}` : undefined}
        aria-label={t("palette.label")}
        placeholder={t("palette.placeholder")}
        suffix={searching ? <Spin size="small" /> : <kbd>Esc</kbd>}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" aria-label={t("palette.label")}>
        {commands.map((command, index) => (
          <PaletteLine
            key={command.key}
            command={command}
            active={index === current}
            heading={command.group !== commands[index - 1]?.group ? command.group : undefined}
            onHover={() => setActive(index)}
            onPick={() => run(command)}
          />
        ))}
        {commands.length === 0 && !searching && (
          <li className="palette-none" role="presentation">
            {t("palette.none")}
          </li>
        )}
      </ul>
    </>
  );
}

function PaletteLine(props: {
  command: Command;
  active: boolean;
  heading?: string;
  onHover: () => void;
  onPick: () => void;
}) {
  const { command, active, heading } = props;
  return (
    <>
      {heading && (
        <li className="palette-heading" role="presentation">
          {heading}
        </li>
      )}
      <li
        id={`palette-${command.key}`}
        role="option"
        aria-selected={active}
        className={active ? "palette-line palette-line-active" : "palette-line"}
        ref={(element) => {
          if (active) element?.scrollIntoView({ block: "nearest" });
        }}
        onMouseMove={props.onHover}
        onClick={props.onPick}
      >
        <span className="palette-title">{command.title}</span>
        {command.hint && <span className="palette-hint">{command.hint}</span>}
      </li>
    </>
  );
}
