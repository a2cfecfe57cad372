import { Fragment, createContext, useContext, useMemo } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { parseBlocks } from "./markdownBlocks";
import type { Block, ListItem } from "./markdownBlocks";

const INLINE =
  /(\\[\\`*_[\]<>|~#+\-.)>=])|(`[^`]+`)|(!\[(?:\\.|[^\]\\])*\]\(figure:[^\s)]+\))|(\*\*[^*]+(?:\*[^*]+)*\*\*)|(\[[^\]]+\]\(https?:\/\/[^\s)]+\))|(\*[^*\s][^*]*\*)/g;

/** Addresses of the figures that a text names, by their names. */
const Figures = createContext<Record<string, string>>({});

function inline(text: string): ReactNode[] {
  const out: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(text.slice(from, match.index));
    out.push(<Fragment key={match.index}>{marked(match[0])}</Fragment>);
    from = match.index + match[0].length;
  }
  out.push(text.slice(from));
  return out;
}

function marked(piece: string): ReactNode {
  if (piece.startsWith("\\")) return piece.slice(1);
  if (piece.startsWith("!")) {
    const [, caption = "", name = ""] = /^!\[(.*)\]\(figure:(.+)\)$/.exec(piece) ?? [];
    return <Figure name={name} caption={caption.replace(/\\(.)/g, "$1")} />;
  }
  if (piece.startsWith("`")) return <code>{piece.slice(1, -1)}</code>;
  if (piece.startsWith("**")) return <strong>{inline(piece.slice(2, -2))}</strong>;
  if (piece.startsWith("*")) return <em>{piece.slice(1, -1)}</em>;
  const [, label, href] = /^\[([^\]]+)\]\((.+)\)$/.exec(piece) ?? [];
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  );
}

function Figure({ name, caption }: { name: string; caption: string }) {
  const url = useContext(Figures)[name];
  return (
    <span className="md-figure">
      {url ? <img src={url} alt={caption || name} loading="lazy" /> : <code>{name}</code>}
      {caption && <span>{caption}</span>}
    </span>
  );
}

function PageLine({ page }: { page: number }) {
  const { t } = useWords();
  return (
    <div className="md-page" data-page={page}>
      {t("part.page", { page })}
    </div>
  );
}

function lines(text: string): ReactNode[] {
  return text.split("\n").flatMap((line, index) => [
    ...(index > 0 ? [<br key={`br-${index}`} />] : []),
    <Fragment key={index}>{inline(line)}</Fragment>,
  ]);
}

function Item({ item }: { item: ListItem }) {
  return (
    <li>
      {lines(item.text)}
      {item.children.length > 0 && <Blocks blocks={item.children} />}
    </li>
  );
}

function Table({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    <div className="md-table">
      <table>
        <thead>
          <tr>
            {block.head.map((cell, index) => (
              <th key={index}>{inline(cell)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <td key={at}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function One({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      const Tag = `h${Math.min(6, block.level + 1)}` as "h2";
      return <Tag>{inline(block.text)}</Tag>;
    }
    case "paragraph":
      return <p>{lines(block.text)}</p>;
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "rule":
      return <hr />;
    case "page":
      return <PageLine page={block.page} />;
    case "table":
      return <Table block={block} />;
    case "list": {
      const items = block.items.map((item, index) => <Item key={index} item={item} />);
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

const Blocks = ({ blocks }: { blocks: Block[] }) => (
  <>
    {blocks.map((block, index) => (
      <One key={index} block={block} />
    ))}
  </>
);

interface Props {
  text: string;
  figures?: Record<string, string>;
}

const NO_FIGURES: Record<string, string> = {};

/** Markdown as elements, never as HTML: what a text contains stays text. */
export function Markdown({ text, figures = NO_FIGURES }: Props) {
  const blocks = useMemo(() => parseBlocks(text), [text]);
  return (
    <Figures value={figures}>
      <div className="md">
        <Blocks blocks={blocks} />
      </div>
    </Figures>
  );
}
