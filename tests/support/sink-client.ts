import type { Fault } from '../../bin/support/servers.mjs';

/** A mail as the sink's JSON tells it. */
export interface ReadMail {
  id: string;
  at: string;
  envelope: { from: string; to: string[] };
  subject: string;
  from: string;
  to: string;
  cc: string;
  messageId: string;
  text: string;
  html: string;
  attachments: { filename?: string; contentType: string; size: number }[];
}

/** A sink that runs in another process, by its page's address. */
export function sinkAt(url: string) {
  const api = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The sink answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    /** Every mail accepted, newest first. */
    mails: (): Promise<ReadMail[]> => api('GET', 'mails'),
    clear: (): Promise<unknown> => api('DELETE', 'mails'),
    fault: (fault: Fault): Promise<unknown> => api('POST', 'faults', fault),
    clearFaults: (): Promise<unknown> => api('DELETE', 'faults'),
  };
}
