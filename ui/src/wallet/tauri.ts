import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Call, Listen } from './commands';

export const tauriCall: Call = (name, args) => invoke(name, args);

export const tauriListen: Listen = (event, heard) =>
  listen(event, (message) => heard(message.payload as never));
