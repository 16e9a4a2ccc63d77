import type {Settings} from './settings'; export type SpaceState="none"|"locked"|"open"; export type ShellState={space:SpaceState,language:string,settings:Settings,version:string};
