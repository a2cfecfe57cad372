import { useState } from "react";
import { upload } from "../api/conversations";
import type { Attachment } from "../api/types";
import { useFailureText } from "../ui/useFailureText";

export interface Upload {
  key: string;
  file: File;
  stored?: Attachment;
  failure?: string;
}

const MOST = 10;

/** Files on their way to the next message. */
export function useUploads(conversationId: string) {
  const failureText = useFailureText();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const change = (key: string, patch: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...patch } : one)));

  const start = async ({ key, file }: Upload) => {
    change(key, { failure: undefined });
    try {
      change(key, { stored: await upload(conversationId, file) });
    } catch (error) {
      change(key, { failure: failureText(error) });
    }
  };
  const add = (files: File[]) => {
    const fresh = files
      .slice(0, Math.max(0, MOST - uploads.length))
      .map((file) => ({ key: crypto.randomUUID(), file }));
    setUploads((all) => [...all, ...fresh]);
    fresh.forEach((one) => void start(one));
  };
  return {
    uploads,
    add,
    retry: (one: Upload) => void start(one),
    remove: (key: string) => setUploads((all) => all.filter((one) => one.key !== key)),
    clear: () => setUploads([]),
    busy: uploads.some((one) => !one.stored && !one.failure),
    ready: uploads.flatMap((one) => (one.stored ? [one.stored] : [])),
  };
}

export type Uploads = ReturnType<typeof useUploads>;
