import { CopyOutlined, DeleteOutlined, HolderOutlined, PlusOutlined, SettingOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { useUndo } from "../ui/useUndo";
import type { Content, Problem } from "./api";
import { added, copied, moved, newStep, removed } from "./editing";
import { inLanguage } from "./terms";

interface Props {
  content: Content;
  problems: Problem[];
  language: string;
  selected: number;
  setSelected: (index: number) => void;
  change: (content: Content, typing?: string) => void;
}

/** The steps in order: dragged with the mouse, moved with Alt and the arrow keys. */
export function StepList({ content, problems, language, selected, setSelected, change }: Props) {
  const { t } = useWords();
  const undo = useUndo();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const [said, setSaid] = useState("");
  const follow = useRef(false);
  useEffect(() => {
    // The moved step keeps the keyboard, so that it can be moved on.
    if (!follow.current) return;
    follow.current = false;
    list.current?.querySelector<HTMLElement>('[aria-current="step"]')?.focus();
  });

  const move = (from: number, to: number) => {
    const next = moved(content, from, to);
    if (next === content) return;
    change(next);
    setSelected(Math.max(0, Math.min(to, content.steps.length - 1)));
    setSaid(t("sop.movedTo", { number: to + 1 }));
  };
  const add = () => {
    change(added(content, newStep(content), selected < 0 ? content.steps.length - 1 : selected));
    setSelected(selected < 0 ? content.steps.length : selected + 1);
  };
  const remove = (index: number) => {
    const name = inLanguage(content.steps[index]?.title, language) || t("sop.untitled");
    change(removed(content, index));
    setSelected(Math.min(index, content.steps.length - 2));
    undo(t("sop.stepRemoved", { name }), () => Promise.resolve(change(content)));
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (step !== 0) {
      event.preventDefault();
      follow.current = true;
      if (event.altKey) move(index, index + step);
      else setSelected(Math.max(-1, Math.min(index + step, content.steps.length - 1)));
    } else if (event.key === "Delete") {
      event.preventDefault();
      follow.current = true;
      remove(index);
    }
  };
  return (
    <nav className="step-list" aria-label={t("sop.steps")}>
      <button
        type="button"
        className="step-head"
        aria-current={selected < 0 ? "step" : undefined}
        onClick={() => setSelected(-1)}
        onKeyDown={(event) => event.key === "ArrowDown" && onKeyDown(event, -1)}
      >
        <SettingOutlined aria-hidden /> {t("sop.head")}
      </button>
      <ol ref={list}>
        {content.steps.map((step, index) => {
          const wrong = problems.filter((one) => one.step === step.id);
          const worst = wrong.some((one) => one.severity === "error") ? "error" : wrong.length > 0 ? "warning" : undefined;
          return (
            <li
              key={step.id}
              data-over={over === index && dragged !== undefined ? (dragged > index ? "before" : "after") : undefined}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(index);
              }}
              onDrop={(event) => {
                event.preventDefault();
                if (dragged !== undefined) move(dragged, index);
                setDragged(undefined);
                setOver(undefined);
              }}
            >
              <button
                type="button"
                draggable
                className="step-item"
                aria-current={index === selected ? "step" : undefined}
                data-hazard={step.hazard}
                data-problem={worst}
                title={t("sop.dragHint")}
                onClick={() => setSelected(index)}
                onKeyDown={(event) => onKeyDown(event, index)}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = "move";
                  event.dataTransfer.setData("text/plain", step.id);
                  setDragged(index);
                }}
                onDragEnd={() => {
                  setDragged(undefined);
                  setOver(undefined);
                }}
              >
                <HolderOutlined aria-hidden className="step-grip" />
                <span className="figures quiet">{index + 1}</span>
                <span className="step-name">{inLanguage(step.title, language) || t("sop.untitled")}</span>
                <span className="quiet">{t.label("sopKind", step.kind)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <div className="step-acts">
        <Button icon={<PlusOutlined />} onClick={add}>
          {t("sop.addStep")}
        </Button>
        {selected >= 0 && (
          <>
            <Button
              icon={<CopyOutlined />}
              aria-label={t("sop.copyStep")}
              title={t("sop.copyStep")}
              onClick={() => {
                change(copied(content, selected));
                setSelected(selected + 1);
              }}
            />
            <Button
              icon={<DeleteOutlined />}
              danger
              aria-label={t("sop.removeStep")}
              title={t("sop.removeStep")}
              onClick={() => remove(selected)}
            />
          </>
        )}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </nav>
  );
}
