import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { RefObject } from "react";
import { Link } from "react-router";
import { savedReplies } from "../api/team";
import type { SavedReply } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { fitting } from "./shortcut";

interface Props {
  /** The shortcut typed in the composer; null when the picker has a search field of its own. */
  typed: string | null;
  language: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onPick: (reply: SavedReply) => void;
  onClose: () => void;
}

/** Saved replies above the composer; arrows choose, Enter or Tab inserts, Escape closes. */
export function SavedReplyPicker({ typed, language, field, onPick, onClose }: Props) {
  const { t } = useWords();
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const replies = useQuery({ queryKey: ["saved-replies"], queryFn: savedReplies });
  const found = useMemo(
    () => fitting(replies.data ?? [], typed ?? search, language),
    [replies.data, typed, search, language],
  );
  const current = Math.min(active, Math.max(0, found.length - 1));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inside = event.target === field.current || typed === null;
      if (!inside || event.isComposing) return;
      const chosen = found[current];
      if (event.key === "ArrowDown") setActive(Math.min(current + 1, found.length - 1));
      else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
      else if (event.key === "Escape") onClose();
      else if ((event.key === "Enter" || event.key === "Tab") && chosen) onPick(chosen);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  });

  return (
    <div className="picker">
      {typed === null && (
        <Input
          autoFocus
          size="small"
          value={search}
          aria-label={t("composer.savedSearch")}
          placeholder={t("composer.savedSearch")}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
        />
      )}
      <ul role="listbox" aria-label={t("composer.saved")}>
        {found.map((reply, index) => (
          <li
            key={reply.id}
            role="option"
            aria-selected={index === current}
            className={index === current ? "picker-active" : undefined}
            onMouseMove={() => setActive(index)}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(reply);
            }}
          >
            <code>/{reply.shortcut}</code> <LanguageTag code={reply.language} />
            <strong>{reply.title}</strong>
            <span>{reply.text}</span>
          </li>
        ))}
        {replies.data && found.length === 0 && (
          <li role="presentation" className="picker-none">
            {t("composer.savedNone")} <Link to="/settings/replies">{t("settings.replies")}</Link>
          </li>
        )}
      </ul>
    </div>
  );
}
