export type Theme="system"|"light"|"dark"; export type Settings={language:string|null,theme:Theme,lockMinutes:number,clipboardSeconds:number};
