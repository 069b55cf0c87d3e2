import { once } from '../../text/once.ts';

/** Names in other languages, by the English words with the same meaning. */
const MEANINGS: Record<string, string> = {
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Scandinavian languages, Turkish, Russian
  code: 'kennung fehlerkennung codigo código codice kode kod kodu foutcode код',
  error:
    'fehler erreur erreurs errore errori erro erros fout fouten błąd błędy blad fel feil fejl hata hatalar ошибка ошибки ошибок',
  'error code': 'fehlercode fehlernummer fehlerkode felkod feilkode fejlkode hatakodu kodbledu',
  message:
    'nachricht meldung hinweis mensaje mensagem messaggio bericht melding wiadomosc komunikat mesaj mesaji mesajı meddelande сообщение',
  text: 'texto testo texte tekst текст',
  'error message':
    'fehlermeldung fehlertext fehlerbeschreibung foutmelding felmeddelande feilmelding fejlbesked hatamesaji',
  description:
    'beschreibung descripcion descripción descricao descrição descrizione omschrijving opis aciklama описание',
  detail: 'detalle detalhe dettaglio détail détails',
  details: 'einzelheiten detalles detalhes dettagli szczegoly',
  reason: 'grund ursache motivo raison motif causa przyczyna reden razao razão razón razon причина',
  title: 'titel titulo título titolo titre tytul',
  field: 'feld champ campo veld pole felt',
  fields: 'felder champs campos campi velden pola',
  property: 'propriedade propiedad propriété proprietà eigenschaft',
  violations: 'violacoes violações violaciones violazioni',
  result: 'ergebnis resultado résultat risultato wynik результат',
  return: 'retorno retour ritorno',
  number: 'nummer numero número numéro номер nr',
  name: 'nome nombre naam nazwa',
  success: 'erfolg exito éxito sucesso succès успех basarili başarılı',
  status: 'statut estado estatus stato durum статус',
  type: 'typ tipo',
  'request id': 'anfrageid vorgangsid vorgangsnummer idsolicitud idrequisicao',
  timestamp: 'zeitstempel zeitpunkt',
};

/** The English words that a name stands for, by the name in lower case. */
export const translated = once(
  () =>
    new Map(
      Object.entries(MEANINGS).flatMap(([english, names]) =>
        names.split(' ').map((name): [string, string[]] => [name, english.split(' ')]),
      ),
    ),
);
