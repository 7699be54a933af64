import * as z from 'zod';

/** What is sent through a gateway. */
export const gatewayKinds = ['text', 'voice'] as const;
export type GatewayKind = (typeof gatewayKinds)[number];

/** As they stand in sentences. */
export const gatewayNames: Record<GatewayKind, string> = { text: 'text message', voice: 'voice call' };

/** How the body is written, and so how what is put into it is encoded. */
export const bodyFormats = ['json', 'form', 'xml', 'text'] as const;
export type BodyFormat = (typeof bodyFormats)[number];

export const requestMethods = ['POST', 'PUT', 'GET'] as const;

/**
 * How a gateway is asked over HTTP to send a text message or to make a call. Address, headers and body are Liquid
 * with `<$` and `$>` around variables. Secrets are named in it (`<$secret.token$>`) and sealed, not part of this.
 */
export const gatewaySettingsSchema = z.object({
  /** `https://...`; empty while there is no gateway. */
  url: z.string().default(''),
  method: z.enum(requestMethods).default('POST'),
  /** Values by name, beside the Content-Type that the format gives. */
  headers: z.record(z.string(), z.string()).default({}),
  format: z.enum(bodyFormats).default('json'),
  body: z.string().default(''),
  /** What is put in beside the message and is no secret, such as the sender: `<$value.from$>`. */
  values: z.record(z.string(), z.string()).default({}),
  /** A regular expression that the body of a good answer matches; null is content with a status of 200 to 299. */
  successPattern: z.string().nullable().default(null),
  /** A regular expression for the body of an answer that says that nothing was sent, whatever its status. */
  failurePattern: z.string().nullable().default(null),
  /** Seconds for one request, until its answer is complete. */
  timeoutSeconds: z.number().int().min(1).max(120).default(10),
  /** How often a request is repeated that the gateway has not taken. */
  retries: z.number().int().min(0).max(5).default(2),
  /** The administrator said that a connection without TLS is acceptable. */
  acceptsPlain: z.boolean().default(false),
  /** PEM text of the authorities to trust instead of the system's; null trusts the system store. */
  ca: z.string().nullable().default(null),
});

export type GatewaySettings = z.infer<typeof gatewaySettingsSchema>;

/** The name of a gateway's secret among the secrets. */
export function gatewaySecret(kind: GatewayKind, name: string): string {
  return `gateway.${kind}.${name}`;
}
