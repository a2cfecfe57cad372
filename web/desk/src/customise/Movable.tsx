import { DownOutlined, HolderOutlined, UpOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";

interface Props<T> {
  items: T[];
  keyOf: (item: T) => string;
  nameOf: (item: T) => string;
  render: (item: T, index: number) => ReactNode;
  /** The items in their new order. */
  onOrder?: (items: T[]) => void;
}

export function moved<T>(items: T[], from: number, to: number): T[] {
  const rest = [...items];
  const [one] = rest.splice(from, 1);
  if (one !== undefined) rest.splice(to, 0, one);
  return rest;
}

/** A list that is put in order by dragging a line, or by its buttons, or by Alt and the arrows. */
export function Movable<T>({ items, keyOf, nameOf, render, onOrder }: Props<T>) {
  const { t } = useWords();
  const [dragged, setDragged] = useState<number>();
  const [over, setOver] = useState<number>();
  const go = (from: number, to: number) => {
    if (to >= 0 && to < items.length && to !== from) onOrder?.(moved(items, from, to));
  };
  return (
    <ul className="movable">
      {items.map((item, index) => (
        <li
          key={keyOf(item)}
          className={over === index && dragged !== index ? "movable-over" : undefined}
          draggable={!!onOrder}
          onDragStart={() => setDragged(index)}
          onDragEnd={() => {
            setDragged(undefined);
            setOver(undefined);
          }}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(index);
          }}
          onDrop={() => dragged !== undefined && go(dragged, index)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            go(index, index + (event.key === "ArrowUp" ? -1 : 1));
          }}
        >
          {onOrder && (
            <span className="movable-handle">
              <HolderOutlined aria-hidden />
              <Button
                type="text"
                size="small"
                icon={<UpOutlined />}
                disabled={index === 0}
                aria-label={t("own.up", { name: nameOf(item) })}
                onClick={() => go(index, index - 1)}
              />
              <Button
                type="text"
                size="small"
                icon={<DownOutlined />}
                disabled={index === items.length - 1}
                aria-label={t("own.down", { name: nameOf(item) })}
                onClick={() => go(index, index + 1)}
              />
            </span>
          )}
          <div className="movable-body">{render(item, index)}</div>
        </li>
      ))}
    </ul>
  );
}
