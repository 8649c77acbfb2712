export const profile = {
  title: 'Profil',
  name: 'Ime in priimek',
  email: 'E-naslov',
  premises: 'Moji plačniki',
  noPremises: 'Z vašim e-naslovom ni povezan noben plačnik.',
  payerCode: 'šifra plačnika {code}',
  work: 'Delo pri upravniku',
  role: { clerk: 'pisarna', admin: 'administrator' },
  computer: 'Ta računalnik',
  portal: 'Naslov portala',
  changePortal: 'Spremeni naslov portala',
  keychain: 'Shranjena prijava',
  keychainGood:
    'Prijava je varno shranjena v shrambi za gesla tega računalnika. Razdelilnike vidite tudi brez povezave.',
  version: 'iiPortal {version}',
};
