/** The window as a whole, before any room says more. */
import App from '../../App.svelte';
import type { Picture } from '../../gallery';

export const pictures: Picture[] = [{ name: 'frame/whole', component: App }];
