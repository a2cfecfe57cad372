import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer } from "antd";
import { exportPerson, personPrivacy } from "../api/privacy";
import type { PersonPrivacy } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { ConsentList } from "./ConsentList";
import { ErasurePanel } from "./ErasurePanel";
import { HoldList } from "./HoldList";
import "../styles/privacy.css";

/** All that privacy knows of a person: consents, what the books hold, export and erasure. */
export function PersonDrawer({ contactId, onClose }: { contactId: string; onClose: () => void }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ["privacy", contactId], queryFn: () => personPrivacy(contactId) });
  return (
    <Drawer open size={560} title={t("privacy.person", { name: found.data?.name ?? "" })} onClose={onClose}>
      {found.isPending && <LinesSkeleton lines={4} />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && <Shown person={found.data} />}
    </Drawer>
  );
}

function Shown({ person }: { person: PersonPrivacy }) {
  const { t } = useWords();
  const copy = useCommand({
    run: (_: void) => exportPerson(person.contact_id),
    done: () => t("privacy.exported", { name: person.name }),
  });
  return (
    <div className="privacy">
      {person.erased && <Alert type="info" showIcon title={t("privacy.isErased")} />}
      <ConsentList person={person} />
      <Section
        title={t("privacy.held")}
        extra={
          <Button size="small" icon={<DownloadOutlined />} loading={copy.busy} onClick={() => copy.submit()}>
            {t("privacy.export")}
          </Button>
        }
      >
        <Footprint rows={person.footprint.rows} files={person.footprint.files} />
      </Section>
      <HoldList person={person} />
      {!person.erased && <ErasurePanel person={person} />}
    </div>
  );
}

/** How many rows of each table name a person. */
export function Footprint({ rows, files }: { rows: Record<string, number>; files: number }) {
  const { t, f } = useWords();
  const tables = Object.entries(rows).filter(([, count]) => count > 0);
  return (
    <ul className="footprint">
      {tables.map(([table, count]) => (
        <li key={table}>
          <span>{t.label("dataTable", table)}</span>
          <span className="figures">{f.number(count)}</span>
        </li>
      ))}
      <li>
        <span>{t("privacy.files")}</span>
        <span className="figures">{f.number(files)}</span>
      </li>
    </ul>
  );
}
