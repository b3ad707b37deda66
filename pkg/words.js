// What the element itself says, by language. Texts of the report come from the engine.

const WORDS = {
  en: {
    choose: 'Choose widget.zip',
    drop: 'or drop it here',
    private: 'Checked on your device. Nothing is uploaded.',
    reading: 'Reading the archive',
    examining: (path) => `Examining ${path}`,
    checking: 'Checking',
    failed: (reason) => `The archive could not be checked: ${reason}`,
    verdict: { fail: 'Not ready', review: 'Needs a look', clear: 'Nothing left to repair here; Kommo’s moderators decide', unreadable: 'This file could not be read' },
    status: { fail: 'fails', review: 'needs a look', manual: 'yours to judge', pass: 'passes', 'not-applicable': 'does not apply' },
    places: (count) => `${count} places`,
    unexamined: 'Not examined',
  },
  es: {
    choose: 'Elegir widget.zip',
    drop: 'o soltarlo aquí',
    private: 'Se revisa en tu dispositivo. No se sube nada.',
    reading: 'Leyendo el archivo',
    examining: (path) => `Examinando ${path}`,
    checking: 'Revisando',
    failed: (reason) => `No se pudo revisar el archivo: ${reason}`,
    verdict: { fail: 'No está listo', review: 'Hay que mirarlo', clear: 'Aquí no queda nada por reparar; deciden los moderadores de Kommo', unreadable: 'No se pudo leer este archivo' },
    status: { fail: 'falla', review: 'hay que mirarlo', manual: 'lo decides tú', pass: 'cumple', 'not-applicable': 'no corresponde' },
    places: (count) => `${count} lugares`,
    unexamined: 'Sin examinar',
  },
  pt: {
    choose: 'Escolher widget.zip',
    drop: 'ou solte-o aqui',
    private: 'Verificado no seu dispositivo. Nada é enviado.',
    reading: 'Lendo o arquivo',
    examining: (path) => `Examinando ${path}`,
    checking: 'Verificando',
    failed: (reason) => `Não foi possível verificar o arquivo: ${reason}`,
    verdict: { fail: 'Não está pronto', review: 'Precisa de atenção', clear: 'Aqui não resta nada a corrigir; os moderadores da Kommo decidem', unreadable: 'Não foi possível ler este arquivo' },
    status: { fail: 'falha', review: 'precisa de atenção', manual: 'cabe a você julgar', pass: 'cumpre', 'not-applicable': 'não se aplica' },
    places: (count) => `${count} lugares`,
    unexamined: 'Não examinado',
  },
};

// The words of a language tag such as `pt-BR`; English for a language that we do not speak.
export function wordsOf(tag) {
  return WORDS[tag.toLowerCase().split('-')[0]] ?? WORDS.en;
}
