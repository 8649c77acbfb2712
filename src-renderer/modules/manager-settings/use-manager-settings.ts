import { pathOf, type BodyInput } from '../../../contract/endpoint.ts';
import {
  addHost,
  deleteLogo,
  getLogo,
  getManagerSettings,
  makeHostMain,
  nameIban,
  previewMail,
  previewTemplates,
  removeHost,
  removeIban,
  setLogo,
  updateManagerSettings,
} from '../../../contract/manager-settings.ts';
import { call } from '../../api/client.ts';
import { useOfficeStore } from '../office/use-office-store.ts';

export type SettingsChange = BodyInput<typeof updateManagerSettings>;
export type Templates = BodyInput<typeof previewTemplates>;

/** The operations on what the chosen manager says of itself and makes its slips with. Each fails with an ApiProblem. */
export function useManagerSettings() {
  const office = useOfficeStore();
  const query = () => ({ managerId: office.managerId });

  return {
    get: () => call(getManagerSettings, { query: query() }),
    update: (change: SettingsChange) => call(updateManagerSettings, { query: query(), body: change }),
    preview: (templates: Templates) => call(previewTemplates, { query: query(), body: templates }),
    previewMail: (body: BodyInput<typeof previewMail>) => call(previewMail, { query: query(), body }),
    addHost: (host: string) => call(addHost, { query: query(), body: { host } }),
    removeHost: (host: string) => call(removeHost, { query: query(), body: { host } }),
    makeHostMain: (host: string) => call(makeHostMain, { query: query(), body: { host } }),
    nameIban: (iban: string, name: string) => call(nameIban, { query: query(), body: { iban, name } }),
    removeIban: (iban: string) => call(removeIban, { query: query(), body: { iban } }),
    upload: (file: Blob) => call(setLogo, { query: query(), file }),
    removeLogo: () => call(deleteLogo, { query: query() }),
    /** Where the picture is; another number is another address, so that a new picture is not taken for the old one. */
    logoAddress: (number: number): string =>
      `${pathOf(getLogo)}?${new URLSearchParams({ ...query(), number: String(number) }).toString()}`,
  };
}
