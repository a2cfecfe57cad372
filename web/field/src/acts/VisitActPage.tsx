import type { ReactNode } from "react";
import { useParams } from "react-router";
import { useVisit } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { Page } from "../ui/Page";
import { Failed, Loading } from "../ui/States";
import { Pending } from "../visit/Pending";

interface Props {
  title: string;
  /** Kind of act whose unsent ones the page shows itself. */
  shows?: string;
  children: (file: VisitFile) => ReactNode;
}

/** A page on which one kind of thing is written down on a visit. */
export function VisitActPage({ title, shows, children }: Props) {
  const { number = "" } = useParams();
  const file = useVisit(number);
  return (
    <Page title={title} sub={<span className="figures">{number}</span>} back={`/visits/${number}`}>
      {file.data ? (
        <>
          <Pending subject={number} except={shows} />
          {children(file.data)}
        </>
      ) : file.isError ? (
        <Failed error={file.error} retry={() => void file.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
