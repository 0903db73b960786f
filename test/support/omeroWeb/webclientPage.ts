import { html } from './answers.js';
import type { View } from './view.js';

/** The start page of the webclient, as far as its scripts name the user (`base_container.html`). */
export const startPage: View = ({ viewer, store }) => {
  const user = store.byId('users', viewer.id);
  const name = JSON.stringify(`${user?.firstName} ${user?.lastName}`);
  const script = `var WEBCLIENT = {};\nWEBCLIENT.USER = {'id': ${viewer.id}, 'fullName': ${name}};`;
  return html(
    200,
    `<!DOCTYPE html>\n<html><head><title>Webclient</title><script>${script}</script></head><body></body></html>`,
  );
};
