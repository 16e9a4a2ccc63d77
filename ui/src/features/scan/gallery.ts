import type { Picture } from '../../gallery';
import FoundCard from '../../kit/FoundCard.svelte';
import ScanProgress from '../../kit/ScanProgress.svelte';
import { exchangeView, exchanges } from '../../wallet/fake/exchange';
import type { FoundKind } from '../../wallet/wire/scan';
import Scan from './Scan.svelte';

const card = (kind: FoundKind, about: string | null, action?: string) => ({
  found: { id: 'main:1', kind, about }, action, busy: false, go: () => {}, again: () => {},
});

export const pictures: Picture[] = [
  { name: 'scan/ready', component: Scan, before: () => void (exchanges.now = { ...exchangeView, isOpen: false }) },
  { name: 'scan/under-way', component: Scan, before: () => void (exchanges.now = exchangeView) },
  { name: 'scan/found-link', component: FoundCard, props: card('request-link', 'registrar.a-rather-long-name-of-a-university.example.invalid', 'Fetch the request') },
  { name: 'scan/found-elsewhere', component: FoundCard, props: card('trust-list', null) },
  { name: 'scan/progress', component: ScanProgress, props: { progress: { received: 3, count: 40, missing: Array.from({ length: 37 }, (_, n) => n + 4) }, restart: () => {} } },
];
