/** The one seam between the page and the wallet. */
import type { Call, Listen } from './commands';
import { fakeCall, fakeListen } from './fake';
import { tauriCall, tauriListen } from './tauri';

/** Whether the page is in the app's window; else it is in a browser, with the fake. */
export const inApp = '__TAURI_INTERNALS__' in window;

export const call: Call = inApp ? tauriCall : fakeCall;
export const listen: Listen = inApp ? tauriListen : fakeListen;
