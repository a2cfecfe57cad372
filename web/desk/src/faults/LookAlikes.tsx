import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { duplicatesOf, keepApart } from "../api/faults";
import type { Fault, FaultFile } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";
import { MergeDialog } from "./MergeDialog";
import { pathOf, titleOf } from "./terms";

/** Faults that may be the same as this one. */
export function LookAlikes({ file, mayWrite }: { file: FaultFile; mayWrite: boolean }) {
  const { t, language } = useWords();
  const [merging, setMerging] = useState<Fault>();
  const found = useQuery({
    queryKey: ["faults", file.number, "duplicates", language],
    queryFn: () => duplicatesOf(file.number, language),
  });
  const apart = useCommand({
    run: (other: string, how) => keepApart(file.number, other, how.key),
    refresh: [["faults"]],
    done: () => t("fault.keptApart"),
  });
  if (!found.data?.length) return null;
  return (
    <Section title={t("fault.lookAlikes")}>
      <ul className="plain-list">
        {found.data.map(({ other, score }) => (
          <li key={other.number} className="look-alike">
            <span>
              <Link to={pathOf(other.number)} className="figures">
                {other.number}
              </Link>{" "}
              {titleOf(other)}
              <small className="quiet block">{other.remedy.label}</small>
            </span>
            <span className="tag figures">{t("fault.alike", { score })}</span>
            {mayWrite && (
              <span className="look-alike-acts">
                <Button size="small" onClick={() => setMerging(other)}>
                  {t("fault.merge")}
                </Button>
                <Button size="small" type="text" onClick={() => apart.submit(other.number)}>
                  {t("fault.keepApart")}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {merging && <MergeDialog fault={file} into={merging.number} close={() => setMerging(undefined)} />}
    </Section>
  );
}
