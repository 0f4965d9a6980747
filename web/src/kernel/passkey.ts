type Options = Readonly<Record<string, unknown>>;

// Loaded when it is used: the first page is light without it.
const library = () => import('@simplewebauthn/browser');

/** Whether this browser, at this address, can use passkeys at all. */
export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function';
}

/** Thrown where the person closed the browser's own window, or the device has nothing to show. */
export class PasskeyNotShown extends Error {}

/** What an authenticator answers; only the server reads it. */
type Answer = {
  id: string;
  rawId: string;
  type: 'public-key';
  response: Record<string, unknown>;
  clientExtensionResults: Record<string, unknown>;
};

/** Lets the device make a passkey; what it answers goes to the server as it is. */
export async function makePasskey(options: Options) {
  const { startRegistration } = await library();
  return shown(() => startRegistration({ optionsJSON: options as never }));
}

/** Lets the device sign with a passkey; what it answers goes to the server as it is. */
export async function signWithPasskey(options: Options) {
  const { startAuthentication } = await library();
  return shown(() => startAuthentication({ optionsJSON: options as never }));
}

async function shown(work: () => Promise<object>): Promise<Answer> {
  try {
    return (await work()) as Answer;
  } catch (error) {
    throw new PasskeyNotShown(error instanceof Error ? error.message : String(error));
  }
}
