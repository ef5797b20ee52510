import { startSink } from '../smtp-sink.mjs';

/** The sink as its own process, for the demo: settings as JSON in SINK, ends with SIGTERM. */
const sink = await startSink(JSON.parse(process.env.SINK));
console.log(`SMTP on 127.0.0.1:${sink.smtpPort}, page at ${sink.url}`);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => sink.stop().then(() => process.exit(0)));
