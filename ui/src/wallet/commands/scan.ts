import type { Command } from '../commands';
import type { Waiting } from '../wire/intake';
import type { Found, ScanBegun, ScanView } from '../wire/scan';

export interface ScanCommands {
  scan_begin: Command<Record<string, never>, ScanBegun>;
  scan_end: Command<{ scan: string }, void>;
  scan_restart: Command<{ scan: string }, ScanView>;
  scan_text: Command<{ scan: string; text: string }, ScanView>;
  scan_files: Command<{ scan: string; title: string }, ScanView>;
  scan_dropped: Command<{ scan: string; tokens: string[] }, ScanView>;
  scan_clipboard: Command<{ scan: string }, ScanView>;
  scan_screen: Command<{ scan: string }, ScanView>;
  scan_camera: Command<{ scan: string }, void>;
  scan_camera_stop: Command<{ scan: string }, void>;
  scan_import: Command<{ found: string }, Waiting>;
  scan_opened: Command<{ text: string }, Found>;
}
