import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { acceptProposal, dismissProposal, termProposals } from "../../api/knowledgeTerms";
import type { TermProposal } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { LanguageTag } from "../../ui/LanguageTag";
import { LinesSkeleton } from "../../ui/Skeletons";
import { useFailure } from "../../ui/useFailureText";
import { Labelled } from "../editor/EditorFields";
import { keyPath } from "../terms";
import { NameChips } from "./NameChips";
import { savedNames } from "./names";

const MOST_DOCUMENTS = 6;

/** Words that the company's own documents use often and no term names yet. */
export default function TermProposals() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["knowledge", "termProposals"], queryFn: termProposals });
  if (found.isPending) return <LinesSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  if (found.data.length === 0) {
    return <EmptyState title={t("proposals.none")} hint={t("proposals.noneHint")} />;
  }
  const kinds = [...new Set(found.data.map((one) => one.kind).filter(Boolean))];
  return (
    <ul className="cards">
      {found.data.map((one) => (
        <ProposalCard key={one.id} proposal={one} kinds={kinds} />
      ))}
    </ul>
  );
}

function ProposalCard({ proposal, kinds }: { proposal: TermProposal; kinds: string[] }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const mayWrite = useMay("knowledge:write");
  const [accepting, setAccepting] = useState(false);
  const dismiss = useMutation({
    mutationFn: () => dismissProposal(proposal.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["knowledge", "termProposals"] }),
    onError: fail,
  });
  return (
    <li className="card">
      <div className="card-text">
        <strong lang={proposal.lang}>{proposal.text}</strong>
        <span className="article-facts">
          <LanguageTag code={proposal.lang} />
          {proposal.kind && <span className="tag">{t.label("termKind", proposal.kind)}</span>}
          <span>{t("proposals.count", { count: proposal.count })}</span>
          {proposal.documents.slice(0, MOST_DOCUMENTS).map((one) => (
            <Link key={one} className="figures" to={keyPath(one, proposal.lang)}>
              {one}
            </Link>
          ))}
          {proposal.documents.length > MOST_DOCUMENTS && (
            <span>
              {t("proposals.moreDocuments", { count: proposal.documents.length - MOST_DOCUMENTS })}
            </span>
          )}
        </span>
        <ul className="examples">
          {proposal.examples.slice(0, 3).map((one) => (
            <li key={one} lang={proposal.lang} dir="auto">
              {one}
            </li>
          ))}
        </ul>
      </div>
      {mayWrite && (
        <div className="card-acts">
          <Button type="primary" onClick={() => setAccepting(true)}>
            {t("proposals.accept")}
          </Button>
          <Button loading={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t("proposals.dismiss")}
          </Button>
        </div>
      )}
      {accepting && (
        <AcceptForm proposal={proposal} kinds={kinds} onClose={() => setAccepting(false)} />
      )}
    </li>
  );
}

function AcceptForm(props: { proposal: TermProposal; kinds: string[]; onClose: () => void }) {
  const { t, f, language } = useWords();
  const { proposal, onClose } = props;
  const client = useQueryClient();
  const { fail } = useFailure();
  const [key, setKey] = useState("");
  const [kind, setKind] = useState(proposal.kind);
  const [names, setNames] = useState<Record<string, string[]>>({ [proposal.lang]: [proposal.text] });
  const langs = [...new Set([proposal.lang, language, "en", "zh"])];
  const accept = useMutation({
    mutationFn: () =>
      acceptProposal(proposal.id, { key: key.trim() || undefined, kind, names: savedNames(names) }),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: ["knowledge"] });
    },
    onError: fail,
  });
  return (
    <Modal
      open
      title={t("proposals.acceptTitle", { name: proposal.text })}
      okText={t("proposals.accept")}
      okButtonProps={{ loading: accept.isPending, disabled: !kind }}
      cancelText={t("act.cancel")}
      onOk={() => accept.mutate()}
      onCancel={onClose}
    >
      <div className="term-form">
        <Labelled label={t("terms.key")}>
          {(id) => (
            <Input
              id={id}
              value={key}
              maxLength={120}
              placeholder={t("article.keyHint")}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t("terms.kind")}>
          {(id) => (
            <Select<string>
              id={id}
              value={kind || undefined}
              options={props.kinds.map((one) => ({ value: one, label: t.label("termKind", one) }))}
              onChange={setKind}
            />
          )}
        </Labelled>
        {langs.map((code) => (
          <div key={code} className="term-language" role="group" aria-label={f.languageName(code)}>
            <strong>{f.languageName(code)}</strong>
            <NameChips
              lang={code}
              names={names[code] ?? []}
              onChange={(own) => setNames({ ...names, [code]: own })}
            />
          </div>
        ))}
      </div>
    </Modal>
  );
}
