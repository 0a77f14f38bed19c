<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>AboutWindow</name>
    <message>
        <source>About Phial</source>
        <translation>Informazioni su Phial</translation>
    </message>
    <message>
        <source>Phial {version}</source>
        <translation>Phial {version}</translation>
    </message>
    <message>
        <source>Answers from your own documents, with the place where each stands. Everything happens on this computer. Phial is free software under the MIT licence, and stands on the work of others:</source>
        <translation>Risposte dai tuoi documenti, con il posto in cui ciascuna si trova. Tutto avviene su questo computer. Phial è software libero con licenza MIT e poggia sul lavoro di altri:</translation>
    </message>
    <message>
        <source>Search by name or licence</source>
        <translation>Cerca per nome o licenza</translation>
    </message>
    <message>
        <source>Search the parts of Phial</source>
        <translation>Cerca tra i componenti di Phial</translation>
    </message>
    <message>
        <source>Parts of Phial</source>
        <translation>Componenti di Phial</translation>
    </message>
    <message>
        <source>No part has this name or licence.</source>
        <translation>Nessun componente ha questo nome o questa licenza.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licenza</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
    <message>
        <source>Save all licences</source>
        <translation>Salva tutte le licenze</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Salvata come «{name}»</translation>
    </message>
    <message>
        <source>Copy this licence</source>
        <translation>Copia questa licenza</translation>
    </message>
    <message>
        <source>Save all licences…</source>
        <translation>Salva tutte le licenze…</translation>
    </message>
</context>
<context>
    <name>ActivityButton</name>
    <message>
        <source>Activity: {count}</source>
        <translation>Attività: {count}</translation>
    </message>
</context>
<context>
    <name>ActivityPane</name>
    <message>
        <source>Activity</source>
        <translation>Attività</translation>
    </message>
    <message>
        <source>Close the activity list</source>
        <translation>Chiudi l’elenco delle attività</translation>
    </message>
    <message>
        <source>Nothing is under way. What takes long is shown here while it lasts.</source>
        <translation>Non c’è nulla in corso. Ciò che richiede tempo si vede qui finché dura.</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Elenco delle attività</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Metti via</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Riprendi</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>{button}: {activity}</source>
        <translation>{button}: {activity}</translation>
    </message>
</context>
<context>
    <name>ActivityWords</name>
    <message>
        <source>Reading documents</source>
        <translation>Lettura dei documenti</translation>
    </message>
    <message>
        <source>Reading scanned pages</source>
        <translation>Lettura delle pagine scansionate</translation>
    </message>
    <message>
        <source>Getting {model}</source>
        <translation>Scaricamento di {model}</translation>
    </message>
    <message>
        <source>Summing up “{document}”</source>
        <translation>Riassunto di «{document}»</translation>
    </message>
    <message numerus="yes">
        <source>Summing up %Ln document(s)</source>
        <translation>
            <numerusform>Riassunto di %Ln documento</numerusform>
            <numerusform>Riassunto di %Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>Finding all: {what}</source>
        <translation>Trova tutto: {what}</translation>
    </message>
    <message>
        <source>Answering “{question}”</source>
        <translation>Risposta a «{question}»</translation>
    </message>
    <message>
        <source>Changing the search by meaning to {name}</source>
        <translation>Passaggio della ricerca per senso a {name}</translation>
    </message>
    <message>
        <source>Mending the search index</source>
        <translation>Riparazione dell’indice di ricerca</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>In pausa</translation>
    </message>
    <message>
        <source>Phial’s helper is starting again; this then goes on from where it was</source>
        <translation>L’aiutante interno di Phial si riavvia; poi si continua da dov’era</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Finito</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Interrotto</translation>
    </message>
    <message>
        <source>It did not work</source>
        <translation>Non ha funzionato</translation>
    </message>
    <message numerus="yes">
        <source>Reading {done} of %Ln document(s)</source>
        <translation>
            <numerusform>Lettura: {done} di %Ln documento</numerusform>
            <numerusform>Lettura: {done} di %Ln documenti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <translation>
            <numerusform>%Ln in corso</numerusform>
            <numerusform>%Ln in corso</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing under way</source>
        <translation>nulla in corso</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln document(s)</source>
        <translation>
            <numerusform>{done} di %Ln documento</numerusform>
            <numerusform>{done} di %Ln documenti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln page(s)</source>
        <translation>
            <numerusform>{done} di %Ln pagina</numerusform>
            <numerusform>{done} di %Ln pagine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln part(s)</source>
        <translation>
            <numerusform>{done} di %Ln parte</numerusform>
            <numerusform>{done} di %Ln parti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln passage(s)</source>
        <translation>
            <numerusform>{done} di %Ln passaggio</numerusform>
            <numerusform>{done} di %Ln passaggi</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} di {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln pagina</numerusform>
            <numerusform>%Ln pagine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>found in %Ln document(s)</source>
        <translation>
            <numerusform>trovato in %Ln documento</numerusform>
            <numerusform>trovato in %Ln documenti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AllDocumentsRow</name>
    <message>
        <source>All documents</source>
        <translation>Tutti i documenti</translation>
    </message>
    <message numerus="yes">
        <source>All documents: %Ln</source>
        <translation>
            <numerusform>Tutti i documenti: %Ln</numerusform>
            <numerusform>Tutti i documenti: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerFoot</name>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Copia la risposta</translation>
    </message>
    <message>
        <source>Copy with sources</source>
        <translation>Copia con le fonti</translation>
    </message>
    <message>
        <source>Copy the answer with the quotes that support it</source>
        <translation>Copia la risposta con le citazioni che la sostengono</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Salva…</translation>
    </message>
    <message>
        <source>Save as PDF, Word or Markdown</source>
        <translation>Salva come PDF, Word o Markdown</translation>
    </message>
    <message>
        <source>Ask again with another model</source>
        <translation>Chiedi di nuovo a un altro modello</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Dettagli</translation>
    </message>
    <message>
        <source>How this came about: passages, times, tokens, model</source>
        <translation>Come è nato: passaggi, tempi, token, modello</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Risposta</translation>
    </message>
    <message>
        <source>Nothing in the passages supports this sentence.</source>
        <translation>Niente nei passaggi sostiene questa frase.</translation>
    </message>
</context>
<context>
    <name>AskingAgain</name>
    <message>
        <source>Get a model…</source>
        <translation>Ottieni un modello…</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un sostituto</translation>
    </message>
</context>
<context>
    <name>Beginning</name>
    <message>
        <source>What gust is the Alder Quay footbridge designed for?</source>
        <translation>Quanti posti letto ha il rifugio Malgazza?</translation>
    </message>
</context>
<context>
    <name>Collecting</name>
    <message>
        <source>Collection “{name}” deleted (its documents stay)</source>
        <translation>Raccolta «{name}» eliminata (i suoi documenti restano)</translation>
    </message>
</context>
<context>
    <name>CollectionList</name>
    <message>
        <source>Collections</source>
        <translation>Raccolte</translation>
    </message>
    <message>
        <source>{name}, collection, {count}</source>
        <translation>{name}, raccolta, {count}</translation>
    </message>
    <message>
        <source>Show and ask only these documents</source>
        <translation>Mostra e interroga solo questi documenti</translation>
    </message>
    <message>
        <source>Add files to it…</source>
        <translation>Aggiungi file…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Rinomina</translation>
    </message>
    <message>
        <source>Delete (its documents stay)</source>
        <translation>Elimina (i suoi documenti restano)</translation>
    </message>
</context>
<context>
    <name>CollectionRows</name>
    <message>
        <source>New name of “{name}”</source>
        <translation>Nuovo nome di «{name}»</translation>
    </message>
</context>
<context>
    <name>CollectionSection</name>
    <message>
        <source>COLLECTIONS</source>
        <translation>RACCOLTE</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Nuova raccolta</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents…</source>
        <translation>Chiedi ai tuoi documenti…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Enter asks, Shift and Enter begin a new line.</source>
        <translation>Invio pone la domanda, Maiusc e Invio iniziano una nuova riga.</translation>
    </message>
    <message>
        <source>What about? Leave it empty for all of it.</source>
        <translation>Su che cosa? Lascia vuoto per tutto.</translation>
    </message>
    <message>
        <source>What is to be found in every document?</source>
        <translation>Che cosa va trovato in ogni documento?</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Riassumi</translation>
    </message>
    <message>
        <source>Find all</source>
        <translation>Trova tutto</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Ferma</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
</context>
<context>
    <name>ConnectionModel</name>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Verso dove</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Per cosa</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Ricevuto</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Esito</translation>
    </message>
    <message>
        <source>Model {model}</source>
        <translation>Modello {model}</translation>
    </message>
    <message>
        <source>Phial {version}</source>
        <translation>Phial {version}</translation>
    </message>
    <message>
        <source>Is there a new version?</source>
        <translation>C’è una nuova versione?</translation>
    </message>
    <message>
        <source>Not ended</source>
        <translation>Non terminata</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>Irraggiungibile</translation>
    </message>
    <message>
        <source>Its certificate is not trusted</source>
        <translation>Il suo certificato non è attendibile</translation>
    </message>
    <message>
        <source>Broken off</source>
        <translation>Interrotta</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Finito</translation>
    </message>
    <message>
        <source>Sent on to another address</source>
        <translation>Rinviata a un altro indirizzo</translation>
    </message>
    <message>
        <source>Refused ({status})</source>
        <translation>Rifiutata ({status})</translation>
    </message>
</context>
<context>
    <name>ConnectionsWindow</name>
    <message>
        <source>Connections</source>
        <translation>Connessioni</translation>
    </message>
    <message>
        <source>Phial reads, searches and answers on this computer alone. It connects only to fetch a model that you ask for by name, or to look for a new version when you ask it to, and writes each connection down here before it is made.</source>
        <translation>Phial legge, cerca e risponde solo su questo computer. Si connette soltanto per scaricare un modello che chiedi per nome, o per cercare una nuova versione quando glielo chiedi, e annota qui ogni connessione prima di stabilirla.</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Salva in un file…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln connection(s) so far</source>
        <translation>
            <numerusform>%Ln connessione finora</numerusform>
            <numerusform>%Ln connessioni finora</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection was ever made.</source>
        <translation>Nessuna connessione è mai stata stabilita.</translation>
    </message>
    <message>
        <source>Save the connections</source>
        <translation>Salva le connessioni</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Salvata come «{name}»</translation>
    </message>
    <message>
        <source>Every connection ever made</source>
        <translation>Tutte le connessioni mai stabilite</translation>
    </message>
</context>
<context>
    <name>ConversationFrame</name>
    <message>
        <source>Conversation</source>
        <translation>Conversazione</translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>Save the conversation…</source>
        <translation>Salva la conversazione…</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nuova conversazione</translation>
    </message>
    <message>
        <source>Conversations so far</source>
        <translation>Conversazioni precedenti</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversazioni</translation>
    </message>
</context>
<context>
    <name>CountedWords</name>
    <message numerus="yes">
        <source>%Ln s left</source>
        <translation>
            <numerusform>ancora %Ln s</numerusform>
            <numerusform>ancora %Ln s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln min left</source>
        <translation>
            <numerusform>ancora %Ln min</numerusform>
            <numerusform>ancora %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln h left</source>
        <translation>
            <numerusform>ancora %Ln h</numerusform>
            <numerusform>ancora %Ln h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln documento</numerusform>
            <numerusform>%Ln documenti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln core(s)</source>
        <translation>
            <numerusform>%Ln core</numerusform>
            <numerusform>%Ln core</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) not read yet</source>
        <translation>
            <numerusform>%Ln pagina non ancora letta</numerusform>
            <numerusform>%Ln pagine non ancora lette</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
</context>
<context>
    <name>DetailWords</name>
    <message>
        <source>Passages after</source>
        <translation>Passaggi dopo</translation>
    </message>
    <message>
        <source>First word after</source>
        <translation>Prima parola dopo</translation>
    </message>
    <message>
        <source>Whole answer after</source>
        <translation>Risposta intera dopo</translation>
    </message>
    <message>
        <source>Looked in</source>
        <translation>Cercato in</translation>
    </message>
    <message>
        <source>Passages hold it</source>
        <translation>Contenuto nei passaggi</translation>
    </message>
    <message>
        <source>How far the passages hold an answer to the question, as far as their words can tell.</source>
        <translation>In che misura i passaggi contengono una risposta alla domanda, per quanto le loro parole possano dire.</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>Sostenuto</translation>
    </message>
    <message numerus="yes">
        <source>{supported} of %Ln sentence(s)</source>
        <translation>
            <numerusform>{supported} di %Ln frase</numerusform>
            <numerusform>{supported} di %Ln frasi</numerusform>
        </translation>
    </message>
    <message>
        <source>A sentence is supported where a quote from the passages says the same.</source>
        <translation>Una frase è sostenuta dove una citazione dei passaggi dice lo stesso.</translation>
    </message>
    <message>
        <source>Whole summary after</source>
        <translation>Riassunto intero dopo</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln parte</numerusform>
            <numerusform>%Ln parti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them before</source>
        <translation>
            <numerusform>di cui %Ln già letta</numerusform>
            <numerusform>di cui %Ln già lette</numerusform>
        </translation>
    </message>
    <message>
        <source>Read one by one</source>
        <translation>Letto parte per parte</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Lunghezza</translation>
    </message>
    <message>
        <source>{percent} % of the words</source>
        <translation>{percent} % delle parole</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sentence(s) of the model</source>
        <translation>
            <numerusform>%Ln frase del modello</numerusform>
            <numerusform>%Ln frasi del modello</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out as unsupported</source>
        <translation>Tralasciato, senza sostegno</translation>
    </message>
    <message numerus="yes">
        <source>{checked} of %Ln document(s)</source>
        <translation>
            <numerusform>{checked} di %Ln documento</numerusform>
            <numerusform>{checked} di %Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it after</source>
        <translation>Tutto dopo</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Esaminato</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Trovato in</translation>
    </message>
    <message>
        <source>What they mean isn’t known yet: they are looked through by their words.</source>
        <translation>Il loro significato non è ancora noto: si cercano per le loro parole.</translation>
    </message>
    <message>
        <source>By their words alone</source>
        <translation>Solo per le loro parole</translation>
    </message>
    <message>
        <source>collection “{name}”</source>
        <translation>raccolta «{name}»</translation>
    </message>
    <message>
        <source>{since} to {until}</source>
        <translation>da {since} a {until}</translation>
    </message>
    <message>
        <source>all documents</source>
        <translation>tutti i documenti</translation>
    </message>
    <message>
        <source>A token is a short word, or a part of a longer one.</source>
        <translation>Un token è una parola breve, o una parte di una più lunga.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept from before</source>
        <translation>
            <numerusform>%Ln conservato da prima</numerusform>
            <numerusform>%Ln conservati da prima</numerusform>
        </translation>
    </message>
    <message>
        <source>{speed} a second</source>
        <translation>{speed} al secondo</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Letto</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Scritto</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>none: the documents’ own sentences</source>
        <translation>nessuno: le frasi stesse dei documenti</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un sostituto</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details</source>
        <translation>Dettagli</translation>
    </message>
    <message>
        <source>Passages read</source>
        <translation>Passaggi letti</translation>
    </message>
    <message>
        <source>Open passage {number}: {place}</source>
        <translation>Apri il passaggio {number}: {place}</translation>
    </message>
</context>
<context>
    <name>DetailsButton</name>
    <message>
        <source>Copy details</source>
        <translation>Copia i dettagli</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
    <message>
        <source>Ask about this document</source>
        <translation>Chiedi a questo documento</translation>
    </message>
    <message>
        <source>Ask about these documents</source>
        <translation>Chiedi a questi documenti</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Riassumi</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Rileggi</translation>
    </message>
    <message>
        <source>Remove from Phial</source>
        <translation>Rimuovi da Phial</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>Inserisci la password…</translation>
    </message>
    <message>
        <source>Why it can’t be read</source>
        <translation>Perché non si può leggere</translation>
    </message>
    <message>
        <source>Put into</source>
        <translation>Metti in</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Nuova raccolta…</translation>
    </message>
    <message>
        <source>Take out of “{name}”</source>
        <translation>Togli da «{name}»</translation>
    </message>
    <message>
        <source>Open in the system’s viewer</source>
        <translation>Apri con il programma di sistema</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
    <message>
        <source>Page by page…</source>
        <translation>Pagina per pagina…</translation>
    </message>
</context>
<context>
    <name>DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>Documenti</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>waiting to be read</source>
        <translation>in attesa di lettura</translation>
    </message>
    <message>
        <source>found by its words; {done} of {passages} passages also by their meaning</source>
        <translation>si trova per le sue parole; {done} passaggi su {passages} anche per il loro senso</translation>
    </message>
    <message>
        <source>reading scans: {done} of {count}</source>
        <translation>lettura delle scansioni: {done} di {count}</translation>
    </message>
    <message>
        <source>On a drive that isn’t connected</source>
        <translation>Su un’unità non collegata</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>in lettura</translation>
    </message>
    <message>
        <source>being read: {done} of {count}</source>
        <translation>in lettura: {done} di {count}</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>pronto</translation>
    </message>
    <message>
        <source>needs its password</source>
        <translation>richiede la password</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>non si è potuto leggere</translation>
    </message>
    <message numerus="yes">
        <source>%Ln read by OCR</source>
        <translation>
            <numerusform>%Ln letta con OCR</numerusform>
            <numerusform>%Ln lette con OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message>
        <source>away</source>
        <translation>assente</translation>
    </message>
    <message>
        <source>{pages} p</source>
        <translation>{pages} p</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>in attesa</translation>
    </message>
    <message>
        <source>OCR {done}/{scans}</source>
        <translation>OCR {done}/{scans}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>DownloadLine</name>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Pause the download of {model}</source>
        <translation>Metti in pausa lo scaricamento di {model}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Try the download of {model} again</source>
        <translation>Riprova lo scaricamento di {model}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Riprendi</translation>
    </message>
    <message>
        <source>Resume the download of {model}</source>
        <translation>Riprendi lo scaricamento di {model}</translation>
    </message>
    <message>
        <source>Cancel the download of {model}</source>
        <translation>Annulla lo scaricamento di {model}</translation>
    </message>
    <message>
        <source>Download of {model}</source>
        <translation>Scaricamento di {model}</translation>
    </message>
</context>
<context>
    <name>DropState</name>
    <message>
        <source>Drop to add to your library</source>
        <translation>Rilascia per aggiungere alla tua biblioteca</translation>
    </message>
    <message>
        <source>Your files stay where they are; Phial only reads them. A folder is followed from then on.</source>
        <translation>I file restano dove sono; Phial li legge soltanto. Da quel momento una cartella viene seguita.</translation>
    </message>
    <message>
        <source>Drop to ask</source>
        <translation>Rilascia per chiedere</translation>
    </message>
    <message>
        <source>The text goes into the question; nothing is asked until you send it.</source>
        <translation>Il testo va nella domanda; nulla viene chiesto finché non la invii.</translation>
    </message>
    <message>
        <source>This isn’t on this computer</source>
        <translation>Questo non è su questo computer</translation>
    </message>
    <message>
        <source>Phial fetches nothing. Save it as a file on this computer, then drop the file here.</source>
        <translation>Phial non scarica nulla. Salvalo come file su questo computer, poi rilascia qui il file.</translation>
    </message>
</context>
<context>
    <name>EarlierTurns</name>
    <message numerus="yes">
        <source>Show %Ln earlier question(s)</source>
        <translation>
            <numerusform>Mostra %Ln domanda precedente</numerusform>
            <numerusform>Mostra le %Ln domande precedenti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>Drop files or a folder here</source>
        <translation>Trascina qui dei file o una cartella</translation>
    </message>
    <message>
        <source>PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes. They stay where they are. Phial reads them on this computer, and nowhere else.</source>
        <translation>PDF e scansioni, Word e OpenDocument, diapositive, fogli di calcolo, e-book, posta, pagine web, immagini, note. Restano dove sono. Phial li legge su questo computer, e in nessun altro luogo.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Aggiungi file…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Segui una cartella…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>Prova gli esempi</translation>
    </message>
</context>
<context>
    <name>EstimateWords</name>
    <message>
        <source>{time} here</source>
        <translation>{time} qui</translation>
    </message>
    <message>
        <source>{time} for {documents}</source>
        <translation>{time} per {documents}</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln s</source>
        <translation>
            <numerusform>circa %Ln s</numerusform>
            <numerusform>circa %Ln s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>circa %Ln min</numerusform>
            <numerusform>circa %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>circa %Ln h</numerusform>
            <numerusform>circa %Ln h</numerusform>
        </translation>
    </message>
    <message>
        <source>By how long it took on this computer so far.</source>
        <translation>In base al tempo impiegato finora su questo computer.</translation>
    </message>
    <message>
        <source>By what this computer can do; once it was done here, by how long that took.</source>
        <translation>In base a ciò che questo computer può fare; una volta fatto qui, in base al tempo impiegato.</translation>
    </message>
    <message>
        <source>First word: {time}.</source>
        <translation>Prima parola: {time}.</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Passage {number}: {place}</source>
        <translation>Passaggio {number}: {place}</translation>
    </message>
</context>
<context>
    <name>EvidenceStrip</name>
    <message>
        <source>Passages</source>
        <translation>Passaggi</translation>
    </message>
    <message>
        <source>Fewer passages</source>
        <translation>Meno passaggi</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more passage(s)</source>
        <translation>
            <numerusform>%Ln altro passaggio</numerusform>
            <numerusform>altri %Ln passaggi</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the document</source>
        <translation>Cerca nel documento</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Occorrenza precedente</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Occorrenza successiva</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Chiudi la ricerca</translation>
    </message>
    <message>
        <source>Search in the document</source>
        <translation>Ricerca nel documento</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} di {count}</translation>
    </message>
    <message>
        <source>{percent} % looked through</source>
        <translation>{percent} % esaminato</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Non trovato</translation>
    </message>
    <message>
        <source>{place} of more than {count}</source>
        <translation>{place} di oltre {count}</translation>
    </message>
</context>
<context>
    <name>FindView</name>
    <message>
        <source>Look again</source>
        <translation>Cerca ancora</translation>
    </message>
    <message>
        <source>Find all: {what}</source>
        <translation>Trova tutto: {what}</translation>
    </message>
    <message>
        <source>Looking at every document…</source>
        <translation>Esame di ogni documento…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Interrotto.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other document(s)</source>
        <translation>
            <numerusform>%Ln altro documento</numerusform>
            <numerusform>Altri %Ln documenti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more document(s)</source>
        <translation>
            <numerusform>Mostra ancora %Ln documento</numerusform>
            <numerusform>Mostra altri %Ln documenti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindWords</name>
    <message>
        <source>Looked at {done} of {total} documents</source>
        <translation>{done} documenti esaminati su {total}</translation>
    </message>
    <message numerus="yes">
        <source>Found in %Ln document(s)</source>
        <translation>
            <numerusform>Trovato in %Ln documento</numerusform>
            <numerusform>Trovato in %Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>Found in no document</source>
        <translation>Trovato in nessun documento</translation>
    </message>
    <message>
        <source>{checked} of {total} looked at</source>
        <translation>{checked} esaminati su {total}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Interrotto</translation>
    </message>
    <message>
        <source>Nothing in: {names}</source>
        <translation>Niente in: {names}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln pagina in attesa dell’OCR</numerusform>
            <numerusform>%Ln pagine in attesa dell’OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that could not be read</source>
        <translation>
            <numerusform>%Ln pagina illeggibile</numerusform>
            <numerusform>%Ln pagine illeggibili</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that were left unread</source>
        <translation>
            <numerusform>%Ln pagina lasciata non letta</numerusform>
            <numerusform>%Ln pagine lasciate non lette</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstDocuments</name>
    <message>
        <source>PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes.</source>
        <translation>PDF e scansioni, Word e OpenDocument, diapositive, fogli di calcolo, ebook, posta, pagine web, immagini, note.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Aggiungi file…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Segui una cartella…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>Prova gli esempi</translation>
    </message>
    <message>
        <source>In your library: {documents}</source>
        <translation>Nella tua biblioteca: {documents}</translation>
    </message>
</context>
<context>
    <name>FirstModel</name>
    <message>
        <source>No Phi fits into the memory of this computer. The passages are found all the same.</source>
        <translation>Nessun Phi sta nella memoria di questo computer. I passaggi si trovano lo stesso.</translation>
    </message>
    <message>
        <source>FOUND ON THIS COMPUTER</source>
        <translation>TROVATO SU QUESTO COMPUTER</translation>
    </message>
    <message>
        <source>No network here? On a computer that has one, “phial models bundle” writes the model into a folder, on a USB stick for instance. Take it in from there:</source>
        <translation>Nessuna rete qui? Su un computer che ce l’ha, «phial models bundle» scrive il modello in una cartella, per esempio su una chiavetta USB. Prendilo da lì:</translation>
    </message>
    <message>
        <source>Take a model from a folder or stick…</source>
        <translation>Prendi un modello da una cartella o chiavetta…</translation>
    </message>
    <message>
        <source>Until it is here, the sentences of your documents that are nearest to a question answer it.</source>
        <translation>Nel frattempo rispondono le frasi dei tuoi documenti più vicine alla domanda.</translation>
    </message>
    <message>
        <source>Until it is here, {model} stands in: a small model. Trust the passages rather than its words.</source>
        <translation>Nel frattempo lo sostituisce {model}, un piccolo modello: fidati dei passaggi più che delle sue parole.</translation>
    </message>
    <message>
        <source>The folder that holds the model</source>
        <translation>La cartella che contiene il modello</translation>
    </message>
</context>
<context>
    <name>FirstShortcut</name>
    <message>
        <source>Shortcut</source>
        <translation>Scorciatoia</translation>
    </message>
    <message>
        <source>Start with the computer, so that it is always there</source>
        <translation>Avvia con il computer, così che ci sia sempre</translation>
    </message>
    <message>
        <source>That was it. From now on it brings the quick question, whichever program you are in.</source>
        <translation>Era quella. D’ora in poi porta la domanda rapida, in qualunque programma tu sia.</translation>
    </message>
    <message>
        <source>Press it now.</source>
        <translation>Premila adesso.</translation>
    </message>
    <message>
        <source>Ask from the tray menu, or bind “phial quick” to a key in the desktop’s own settings.</source>
        <translation>Fai la domanda dal menu dell’area di notifica, oppure associa «phial quick» a un tasto nelle impostazioni del desktop.</translation>
    </message>
    <message>
        <source>There is no shortcut. Record one below, or do without.</source>
        <translation>Non c’è una scorciatoia. Registrane una qui sotto, o fanne a meno.</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>First steps</source>
        <translation>Primi passi</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Skip these steps</source>
        <translation>Salta questi passi</translation>
    </message>
    <message>
        <source>A model that writes the answers</source>
        <translation>Un modello che scrive le risposte</translation>
    </message>
    <message>
        <source>Phial finds the passages by itself. With a model it also writes an answer below them. This is the one that suits this computer; it is fetched only when you press Download.</source>
        <translation>Phial trova i passaggi da solo. Con un modello scrive anche una risposta sotto di essi. Questo è quello adatto a questo computer; viene scaricato solo se premi Scarica.</translation>
    </message>
    <message>
        <source>Your documents</source>
        <translation>I tuoi documenti</translation>
    </message>
    <message>
        <source>Drop files or a folder anywhere on this window. They stay where they are: Phial reads them on this computer, and nowhere else.</source>
        <translation>Trascina file o una cartella ovunque su questa finestra. Restano dove sono: Phial li legge su questo computer, e in nessun altro luogo.</translation>
    </message>
    <message>
        <source>A question from anywhere</source>
        <translation>Una domanda, ovunque tu sia</translation>
    </message>
    <message>
        <source>One shortcut brings a small window over whatever you are doing: ask, read, and go on.</source>
        <translation>Una scorciatoia porta una piccola finestra sopra ciò che stai facendo: chiedi, leggi, e continua.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Inizia</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Avanti</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
</context>
<context>
    <name>FoldBar</name>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversazione</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lettore</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Watched folders</source>
        <translation>Cartelle seguite</translation>
    </message>
    <message>
        <source>on a drive that isn’t connected</source>
        <translation>su un’unità non collegata</translation>
    </message>
    <message>
        <source>can’t be read</source>
        <translation>illeggibile</translation>
    </message>
    <message numerus="yes">
        <source>watched, %Ln document(s)</source>
        <translation>
            <numerusform>seguita, %Ln documento</numerusform>
            <numerusform>seguita, %Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>WATCHED FOLDERS</source>
        <translation>CARTELLE SEGUITE</translation>
    </message>
    <message numerus="yes">
        <source>Watched folders: %Ln</source>
        <translation>
            <numerusform>Cartelle seguite: %Ln</numerusform>
            <numerusform>Cartelle seguite: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>Aperto</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Chiuso</translation>
    </message>
    <message>
        <source>Ask only these documents</source>
        <translation>Interroga solo questi documenti</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Non seguire più</translation>
    </message>
</context>
<context>
    <name>Greeting</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Che cosa vuoi sapere?</translation>
    </message>
    <message>
        <source>Ask your documents in your own words. The passages come first, the answer is written below them, and every sentence leads to its page.</source>
        <translation>Interroga i tuoi documenti con parole tue. Prima arrivano i passaggi, sotto si scrive la risposta, e ogni frase porta alla sua pagina.</translation>
    </message>
    <message>
        <source>Go on with: {title}</source>
        <translation>Continua con: {title}</translation>
    </message>
</context>
<context>
    <name>HealthPane</name>
    <message>
        <source>Index health</source>
        <translation>Stato dell’indice</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Tutti {count}</translation>
    </message>
    <message>
        <source>To mend {count}</source>
        <translation>Da sistemare {count}</translation>
    </message>
    <message>
        <source>Looking at every page…</source>
        <translation>Esame di ogni pagina…</translation>
    </message>
    <message>
        <source>There is no document yet.</source>
        <translation>Non c’è ancora nessun documento.</translation>
    </message>
    <message>
        <source>No document has this name.</source>
        <translation>Nessun documento ha questo nome.</translation>
    </message>
    <message>
        <source>Every page could be read.</source>
        <translation>È stato possibile leggere ogni pagina.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>Cerca documenti</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Cerca documenti per nome</translation>
    </message>
    <message>
        <source>Documents and their pages</source>
        <translation>I documenti e le loro pagine</translation>
    </message>
</context>
<context>
    <name>HealthWindow</name>
    <message>
        <source>Index health</source>
        <translation>Stato dell’indice</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Search conversations</source>
        <translation>Cerca nelle conversazioni</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>Torna alla conversazione</translation>
    </message>
    <message>
        <source>Delete “{title}”? It can’t be brought back.</source>
        <translation>Eliminare “{title}”? Non si potrà recuperare.</translation>
    </message>
    <message>
        <source>No conversation holds these words.</source>
        <translation>Nessuna conversazione contiene queste parole.</translation>
    </message>
    <message>
        <source>No conversation yet.</source>
        <translation>Ancora nessuna conversazione.</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversazioni</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Mantieni</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Rinomina</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Salva…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Elimina…</translation>
    </message>
</context>
<context>
    <name>IndexingLine</name>
    <message numerus="yes">
        <source>Paused · %Ln document(s) left</source>
        <translation>
            <numerusform>In pausa · %Ln documento rimasto</numerusform>
            <numerusform>In pausa · %Ln documenti rimasti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %Ln document(s)</source>
        <translation>
            <numerusform>Lettura di %Ln documento</numerusform>
            <numerusform>Lettura di %Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Riprendi</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Resume reading documents</source>
        <translation>Riprendi la lettura dei documenti</translation>
    </message>
    <message>
        <source>Pause reading documents</source>
        <translation>Sospendi la lettura dei documenti</translation>
    </message>
    <message>
        <source>{done} of {count} read</source>
        <translation>{done} di {count} letti</translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s)</source>
        <translation>
            <numerusform>%Ln pagina scansionata</numerusform>
            <numerusform>%Ln pagine scansionate</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {passages} passages, {pages} pages read</source>
        <translation>{done} passaggi su {passages}, {pages} pagine lette</translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln pagina scansionata in attesa di OCR</numerusform>
            <numerusform>%Ln pagine scansionate in attesa di OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepingRow</name>
    <message>
        <source>A backup is one file with the library, the conversations, the collections and the settings. Documents and models are not in it; the texts of the documents are, so keep it as safe as they are.</source>
        <translation>Un backup è un solo file: la biblioteca, le conversazioni, le raccolte e le impostazioni. I documenti e i modelli non ci sono; i testi dei documenti sì: custodiscilo come loro.</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Fai un backup…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Ripristina…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Fai un backup</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Ripristina</translation>
    </message>
    <message>
        <source>Restore “{name}”?</source>
        <translation>Ripristinare «{name}»?</translation>
    </message>
    <message>
        <source>The library that is here now is put aside into “backups” in the data folder, and the one in the backup takes its place.</source>
        <translation>La biblioteca attuale viene messa da parte in «backups», nella cartella dei dati, e quella del backup ne prende il posto.</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Preparazione…</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Copying the library</source>
        <translation>Copia della biblioteca</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Compressione</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Verifica</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Estrazione</translation>
    </message>
    <message>
        <source>Fitting it to this computer</source>
        <translation>Adattamento a questo computer</translation>
    </message>
    <message>
        <source>Backed up as “{name}”</source>
        <translation>Backup salvato come «{name}»</translation>
    </message>
    <message numerus="yes">
        <source>It holds %Ln document(s).</source>
        <translation>
            <numerusform>Contiene %Ln documento.</numerusform>
            <numerusform>Contiene %Ln documenti.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are not where they were: add the folders that hold them now.</source>
        <translation>
            <numerusform>%Ln file non è più dov’era: aggiungi la cartella che lo contiene.</numerusform>
            <numerusform>%Ln file non sono più dov’erano: aggiungi le cartelle che li contengono.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not on this computer: {models}.</source>
        <translation>Non su questo computer: {models}.</translation>
    </message>
    <message>
        <source>The library that was here lies in {folder}.</source>
        <translation>La biblioteca che era qui si trova in {folder}.</translation>
    </message>
</context>
<context>
    <name>KeyHints</name>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>Continue in Phial</source>
        <translation>Continua in Phial</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Apri la pagina</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>LibraryDocuments</name>
    <message>
        <source>DOCUMENTS</source>
        <translation>DOCUMENTI</translation>
    </message>
    <message>
        <source>No document in “{name}” has this name.</source>
        <translation>Nessun documento in «{name}» ha questo nome.</translation>
    </message>
    <message>
        <source>No document has this name.</source>
        <translation>Nessun documento ha questo nome.</translation>
    </message>
    <message>
        <source>“{name}” is empty. Drag documents onto it, or files from anywhere.</source>
        <translation>«{name}» è vuota. Trascinaci dei documenti, o dei file da qualsiasi posto.</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Aggiungi documenti</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Aggiungi file…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Segui una cartella…</translation>
    </message>
</context>
<context>
    <name>LibraryFoot</name>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>Index health</source>
        <translation>Stato dell’indice</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
</context>
<context>
    <name>LibraryFrame</name>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>Cerca documenti</translation>
    </message>
    <message>
        <source>Search documents, collections and folders by name</source>
        <translation>Cerca documenti, raccolte e cartelle per nome</translation>
    </message>
</context>
<context>
    <name>LibraryNotice</name>
    <message numerus="yes">
        <source>{names} and %Ln more</source>
        <translation>
            <numerusform>{names} e un altro</numerusform>
            <numerusform>{names} e altri %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Find “{document}”</source>
        <translation>Trova “{document}”</translation>
    </message>
    <message>
        <source>“{document}” is open</source>
        <translation>“{document}” è aperto</translation>
    </message>
    <message>
        <source>Watch it again</source>
        <translation>Seguila di nuovo</translation>
    </message>
    <message>
        <source>“{folder}” is no longer watched</source>
        <translation>“{folder}” non è più seguita</translation>
    </message>
    <message>
        <source>Its documents stay in the library.</source>
        <translation>I suoi documenti restano nella biblioteca.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out</source>
        <translation>
            <numerusform>%Ln file è stato escluso</numerusform>
            <numerusform>%Ln file sono stati esclusi</numerusform>
        </translation>
    </message>
    <message>
        <source>Phial fetches nothing. Save it as a file on this computer, then drop the file here.</source>
        <translation>Phial non scarica nulla. Salvalo come file su questo computer, poi rilascia qui il file.</translation>
    </message>
    <message>
        <source>This isn’t on this computer</source>
        <translation>Questo non è su questo computer</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Rimosso</translation>
    </message>
    <message>
        <source>A backup is being taken in: nothing can be removed now</source>
        <translation>È in corso il ripristino di un backup: ora non si può rimuovere nulla</translation>
    </message>
    <message>
        <source>Remove it when that has ended, or cancel it in the settings.</source>
        <translation>Rimuovilo quando sarà finito, oppure annullalo nelle impostazioni.</translation>
    </message>
    <message>
        <source>Conversations that quote it keep their quotes: {titles}</source>
        <translation>Le conversazioni che lo citano conservano le citazioni: {titles}</translation>
    </message>
</context>
<context>
    <name>LibraryPane</name>
    <message>
        <source>Add files</source>
        <translation>Aggiungi file</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Segui una cartella</translation>
    </message>
</context>
<context>
    <name>LibraryPassword</name>
    <message>
        <source>Its password is remembered in your system’s keyring.</source>
        <translation>La sua password è conservata nel portachiavi del sistema.</translation>
    </message>
</context>
<context>
    <name>LoginRow</name>
    <message>
        <source>Move Phial into the Applications folder first: macOS would not find it again where it is now.</source>
        <translation>Sposta prima Phial nella cartella Applicazioni: dove si trova ora, macOS non lo ritroverebbe.</translation>
    </message>
    <message>
        <source>The system does not let Phial change this: it stays as it was. The system’s own settings say what starts with the computer.</source>
        <translation>Il sistema non lascia che Phial lo cambi: resta com’era. Le impostazioni del sistema dicono che cosa si avvia con il computer.</translation>
    </message>
</context>
<context>
    <name>LookInsideRow</name>
    <message>
        <source>Search the text for “{words}”</source>
        <translation>Cerca “{words}” nel testo</translation>
    </message>
</context>
<context>
    <name>Mend</name>
    <message>
        <source>Show the models</source>
        <translation>Mostra i modelli</translation>
    </message>
    <message>
        <source>Show the data folder</source>
        <translation>Mostra la cartella dei dati</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>Scegline un’altra</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Prova adesso</translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation>Inserisci la password</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Read it after all</source>
        <translation>Leggi comunque</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
    <message>
        <source>Open System Settings</source>
        <translation>Apri Impostazioni di Sistema</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>Trova il file…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
</context>
<context>
    <name>ModeBar</name>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Riassumi</translation>
    </message>
    <message>
        <source>Find all</source>
        <translation>Trova tutto</translation>
    </message>
    <message>
        <source>Length of the summary</source>
        <translation>Lunghezza del riassunto</translation>
    </message>
    <message>
        <source>A sentence</source>
        <translation>Una frase</translation>
    </message>
    <message>
        <source>A paragraph</source>
        <translation>Un paragrafo</translation>
    </message>
    <message>
        <source>A list</source>
        <translation>Un elenco</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>Una pagina</translation>
    </message>
    <message>
        <source>How much of the documents is read</source>
        <translation>Quanto dei documenti viene letto</translation>
    </message>
    <message>
        <source>Every part</source>
        <translation>Ogni parte</translation>
    </message>
    <message>
        <source>Quickly</source>
        <translation>Rapidamente</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Confronta</translation>
    </message>
    <message>
        <source>Language of the summary</source>
        <translation>Lingua del riassunto</translation>
    </message>
    <message>
        <source>Its own language</source>
        <translation>La sua lingua</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Use this one</source>
        <translation>Usa questo</translation>
    </message>
    <message>
        <source>Use a file I already have…</source>
        <translation>Usa un file che ho già…</translation>
    </message>
    <message>
        <source>{size} to download</source>
        <translation>{size} da scaricare</translation>
    </message>
    <message>
        <source>Its size, and what it needs of this computer, are known once it is fetched</source>
        <translation>La sua dimensione, e ciò che chiede a questo computer, si sapranno una volta scaricato</translation>
    </message>
    <message>
        <source>Recommended here</source>
        <translation>Consigliato qui</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Scarica</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>Scarica {model}</translation>
    </message>
    <message>
        <source>Use a file of {model} that I already have</source>
        <translation>Usa un file di {model} che ho già</translation>
    </message>
    <message>
        <source>Found in {program}</source>
        <translation>Trovato in {program}</translation>
    </message>
    <message>
        <source>A small stand-in until a Phi model is added: trust the passages rather than its words.</source>
        <translation>Un piccolo sostituto finché non si aggiunge un modello Phi: fidati dei passaggi più che delle sue parole.</translation>
    </message>
    <message>
        <source>Answer with {model}</source>
        <translation>Rispondi con {model}</translation>
    </message>
    <message>
        <source>Answers your questions</source>
        <translation>Risponde alle tue domande</translation>
    </message>
</context>
<context>
    <name>ModelChip</name>
    <message>
        <source>Looking for a model…</source>
        <translation>Ricerca di un modello…</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Ancora nessun modello</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>sostituto</translation>
    </message>
    <message>
        <source>A small stand-in until a Phi model is added: trust the passages rather than its words.</source>
        <translation>Un piccolo sostituto finché non si aggiunge un modello Phi: fidati dei passaggi più che delle sue parole.</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Modello: {model}</translation>
    </message>
    <message>
        <source>asleep, as nobody asked for a while; the next question wakes it</source>
        <translation>in riposo, da un po’ senza domande; la prossima lo risveglia</translation>
    </message>
    <message>
        <source>asleep, as other programs needed the memory; the next question wakes it</source>
        <translation>in riposo, perché la memoria serviva ad altri programmi; la prossima domanda lo risveglia</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>ancora nessun modello</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>a riposo</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>caricamento…</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>pronto</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>scrive</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>fermato</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>No model on this computer yet</source>
        <translation>Ancora nessun modello su questo computer</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>Ottieni un modello…</translation>
    </message>
    <message>
        <source>Use a model file (GGUF)…</source>
        <translation>Usa un file di modello (GGUF)…</translation>
    </message>
    <message>
        <source>{memory} of memory</source>
        <translation>{memory} di memoria</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>sostituto</translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation>troppo grande per questo computer</translation>
    </message>
    <message>
        <source>Use a model file</source>
        <translation>Usa un file di modello</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelli (*.gguf)</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>reads {pages} pages a minute, writes {words} words a second</source>
        <translation>legge {pages} pagine al minuto, scrive {words} parole al secondo</translation>
    </message>
    <message>
        <source>reads {read} words a second, writes {words}</source>
        <translation>legge {read} parole al secondo, ne scrive {words}</translation>
    </message>
    <message>
        <source>{speed} (estimated)</source>
        <translation>{speed} (stima)</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Adatto</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Al limite</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Troppo grande</translation>
    </message>
    <message>
        <source>needs {needed} of {total} of memory</source>
        <translation>richiede {needed} dei {total} di memoria</translation>
    </message>
    <message>
        <source>{total} of memory, {free} free</source>
        <translation>{total} di memoria, {free} liberi</translation>
    </message>
    <message>
        <source>{free} free on disk</source>
        <translation>{free} liberi su disco</translation>
    </message>
    <message>
        <source>Checking that it arrived whole…</source>
        <translation>Verifica che sia arrivato tutto…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} di {total}</translation>
    </message>
    <message>
        <source>Paused · {done}</source>
        <translation>In pausa · {done}</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} al secondo</translation>
    </message>
    <message>
        <source>connecting to {source}</source>
        <translation>connessione a {source}</translation>
    </message>
    <message>
        <source>from {source}</source>
        <translation>da {source}</translation>
    </message>
    <message>
        <source>Use a file I already have</source>
        <translation>Usa un file che ho già</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelli (*.gguf)</translation>
    </message>
</context>
<context>
    <name>ModelsPane</name>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
    <message>
        <source>A model writes the answers; finding the passages needs none. One is fetched only when you press Download, and stays on this computer. Each connection is written down.</source>
        <translation>Un modello scrive le risposte; per trovare i passaggi non ne serve nessuno. Un modello viene scaricato solo quando premi Scarica, e resta su questo computer. Ogni connessione viene annotata.</translation>
    </message>
    <message>
        <source>ON THIS COMPUTER</source>
        <translation>SU QUESTO COMPUTER</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelli (*.gguf)</translation>
    </message>
    <message>
        <source>Use a model file</source>
        <translation>Usa un file di modello</translation>
    </message>
    <message>
        <source>Models that answer</source>
        <translation>Modelli che rispondono</translation>
    </message>
    <message>
        <source>Use a model file (GGUF)…</source>
        <translation>Usa un file di modello (GGUF)…</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Looking at this computer…</source>
        <translation>Esame di questo computer…</translation>
    </message>
</context>
<context>
    <name>ModelsWindow</name>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name of the collection</source>
        <translation>Nome della raccolta</translation>
    </message>
    <message>
        <source>Name of the new collection</source>
        <translation>Nome della nuova raccolta</translation>
    </message>
</context>
<context>
    <name>NoteView</name>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>It may be gone, or this system has no program that shows folders. It is {folder}</source>
        <translation>Forse non c’è più, o questo sistema non ha un programma che mostri le cartelle. È {folder}</translation>
    </message>
    <message>
        <source>The folder can’t be shown</source>
        <translation>La cartella non si può mostrare</translation>
    </message>
    <message>
        <source>It may be gone, or this system has no program for it. It is {file}</source>
        <translation>Forse non c’è più, o questo sistema non ha un programma per aprirlo. È {file}</translation>
    </message>
    <message>
        <source>The file can’t be opened</source>
        <translation>Il file non può essere aperto</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Your documents could not all be read</source>
        <translation>Non tutti i documenti si sono potuti leggere</translation>
    </message>
    <message>
        <source>Documents are read</source>
        <translation>I documenti sono letti</translation>
    </message>
    <message>
        <source>There is no summary</source>
        <translation>Non c’è alcun riassunto</translation>
    </message>
    <message>
        <source>The summary is ready</source>
        <translation>Il riassunto è pronto</translation>
    </message>
    <message>
        <source>Find all did not come to its end</source>
        <translation>«Trova tutto» non è arrivato alla fine</translation>
    </message>
    <message>
        <source>Find all has ended</source>
        <translation>«Trova tutto» è finito</translation>
    </message>
    <message>
        <source>There is no answer</source>
        <translation>Non c’è alcuna risposta</translation>
    </message>
    <message>
        <source>The answer is there</source>
        <translation>La risposta è arrivata</translation>
    </message>
</context>
<context>
    <name>OfflineChip</name>
    <message numerus="yes">
        <source>Offline · %Ln connection(s)</source>
        <translation>
            <numerusform>Offline · %Ln connessione</numerusform>
            <numerusform>Offline · %Ln connessioni</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing leaves this computer. Opens the list of every connection ever made.</source>
        <translation>Niente lascia questo computer. Apre l’elenco di tutte le connessioni mai stabilite.</translation>
    </message>
</context>
<context>
    <name>OutlineModel</name>
    <message>
        <source>Page {number}</source>
        <translation>Pagina {number}</translation>
    </message>
</context>
<context>
    <name>OutlineView</name>
    <message>
        <source>Outline</source>
        <translation>Indice</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>Choose a citation or a document to read it here.</source>
        <translation>Scegli una citazione o un documento per leggerlo qui.</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>text</source>
        <translation>testo</translation>
    </message>
    <message>
        <source>read by OCR, paler where it was less sure</source>
        <translation>letto con OCR, più chiaro dove la lettura è meno sicura</translation>
    </message>
    <message>
        <source>waiting for OCR</source>
        <translation>in attesa di OCR</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vuota</translation>
    </message>
    <message>
        <source>left unread</source>
        <translation>lasciata non letta</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>non riuscita</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page</source>
        <translation>Pagina</translation>
    </message>
</context>
<context>
    <name>PasswordBar</name>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>“{document}” needs its password</source>
        <translation>“{document}” richiede la sua password</translation>
    </message>
    <message>
        <source>Password of {document}</source>
        <translation>Password di {document}</translation>
    </message>
    <message>
        <source>It goes into your system’s keyring, or only into memory where there is none; into no file.</source>
        <translation>Va nel portachiavi del sistema o, se manca, solo in memoria; in nessun file.</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Prova in corso…</translation>
    </message>
    <message>
        <source>Show what is written</source>
        <translation>Mostra ciò che è scritto</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Sources</source>
        <translation>Fonti</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>parte {number}</translation>
    </message>
    <message>
        <source>sheet {name}</source>
        <translation>foglio {name}</translation>
    </message>
    <message>
        <source>also in {documents}</source>
        <translation>anche in {documents}</translation>
    </message>
    <message>
        <source>read by OCR, {percent} %</source>
        <translation>letto con OCR, {percent} %</translation>
    </message>
    <message>
        <source>slide {number}</source>
        <translation>diapositiva {number}</translation>
    </message>
    <message>
        <source>sheet {number}</source>
        <translation>foglio {number}</translation>
    </message>
    <message>
        <source>chapter {number}</source>
        <translation>capitolo {number}</translation>
    </message>
    <message>
        <source>message {number}</source>
        <translation>messaggio {number}</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>pagina {number}</translation>
    </message>
    <message>
        <source>p. {number}</source>
        <translation>p. {number}</translation>
    </message>
</context>
<context>
    <name>PlaceCount</name>
    <message numerus="yes">
        <source>%Ln slide(s)</source>
        <translation>
            <numerusform>%Ln diapositiva</numerusform>
            <numerusform>%Ln diapositive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sheet(s)</source>
        <translation>
            <numerusform>%Ln foglio</numerusform>
            <numerusform>%Ln fogli</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapter(s)</source>
        <translation>
            <numerusform>%Ln capitolo</numerusform>
            <numerusform>%Ln capitoli</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln messaggio</numerusform>
            <numerusform>%Ln messaggi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln parte</numerusform>
            <numerusform>%Ln parti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln pagina</numerusform>
            <numerusform>%Ln pagine</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortalHotkey</name>
    <message>
        <source>Ask a question over any program</source>
        <translation>Fai una domanda sopra qualsiasi programma</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Edit the question and ask it again</source>
        <translation>Modifica la domanda e chiedila di nuovo</translation>
    </message>
</context>
<context>
    <name>QuickAskWindow</name>
    <message>
        <source>Ask Phial</source>
        <translation>Chiedi a Phial</translation>
    </message>
    <message>
        <source>Looking for passages…</source>
        <translation>Ricerca dei passaggi…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Scrittura…</translation>
    </message>
</context>
<context>
    <name>QuickCard</name>
    <message>
        <source>Your documents don’t seem to hold an answer to this question.</source>
        <translation>I tuoi documenti non sembrano contenere una risposta a questa domanda.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Ask your documents…</source>
        <translation>Chiedi ai tuoi documenti…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>Enter asks, the arrows choose a passage, Escape closes.</source>
        <translation>Invio chiede, le frecce scelgono un passaggio, Esc chiude.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tutto</translation>
    </message>
    <message>
        <source>All documents are asked.</source>
        <translation>Vengono interrogati tutti i documenti.</translation>
    </message>
</context>
<context>
    <name>QuickRow</name>
    <message>
        <source>Passage {number}: {place}</source>
        <translation>Passaggio {number}: {place}</translation>
    </message>
</context>
<context>
    <name>ReaderDeeds</name>
    <message>
        <source>No program on this computer opens this file.</source>
        <translation>Nessun programma di questo computer apre questo file.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Copy with its place</source>
        <translation>Copia con il riferimento</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>Fai una domanda su questo</translation>
    </message>
    <message>
        <source>Select all of the page</source>
        <translation>Seleziona tutta la pagina</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Ruota le pagine</translation>
    </message>
</context>
<context>
    <name>ReaderFoot</name>
    <message>
        <source>Smaller</source>
        <translation>Più piccolo</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Più grande</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Ruota le pagine</translation>
    </message>
    <message>
        <source>Copy the quote</source>
        <translation>Copia la citazione</translation>
    </message>
    <message>
        <source>Open in the system’s viewer</source>
        <translation>Apri con il programma di sistema</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>Size of the page</source>
        <translation>Dimensione della pagina</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Dimensione del testo</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Adatta alla larghezza</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Pagina intera</translation>
    </message>
    <message>
        <source>As large as on paper</source>
        <translation>Dimensione della carta</translation>
    </message>
    <message>
        <source>The window’s own size of text</source>
        <translation>Dimensione del testo della finestra</translation>
    </message>
</context>
<context>
    <name>ReaderFrame</name>
    <message>
        <source>Reader</source>
        <translation>Lettore</translation>
    </message>
</context>
<context>
    <name>ReaderHead</name>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pagine, indice e citazioni</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Cerca nel documento</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>Numero di pagina</translation>
    </message>
    <message>
        <source>Previous citation</source>
        <translation>Citazione precedente</translation>
    </message>
    <message>
        <source>Next citation</source>
        <translation>Citazione successiva</translation>
    </message>
    <message>
        <source>Close the reader</source>
        <translation>Chiudi il lettore</translation>
    </message>
    <message>
        <source>Printed page number: {label}</source>
        <translation>Numero di pagina stampato: {label}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} di {count}</translation>
    </message>
</context>
<context>
    <name>ReaderPane</name>
    <message>
        <source>Fetching the page…</source>
        <translation>Recupero della pagina…</translation>
    </message>
    <message>
        <source>This document has not been read yet.</source>
        <translation>Questo documento non è ancora stato letto.</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Pagina {page} di {pages}</translation>
    </message>
</context>
<context>
    <name>ReaderStrip</name>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pagine, indice e citazioni</translation>
    </message>
    <message>
        <source>Citations</source>
        <translation>Citazioni</translation>
    </message>
    <message>
        <source>No answer has led here.</source>
        <translation>Nessuna risposta ha portato qui.</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pagine</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Indice</translation>
    </message>
    <message>
        <source>This document has neither an outline nor headings.</source>
        <translation>Questo documento non ha né indice né titoli.</translation>
    </message>
    <message>
        <source>Only the beginning of a very long outline is shown.</source>
        <translation>Si mostra solo l’inizio di un indice molto lungo.</translation>
    </message>
</context>
<context>
    <name>ReaderTrouble</name>
    <message>
        <source>Close the reader</source>
        <translation>Chiudi il lettore</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Rileggilo</translation>
    </message>
    <message>
        <source>Enter its password…</source>
        <translation>Inserisci la password…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Remove from Phial</source>
        <translation>Rimuovi da Phial</translation>
    </message>
    <message>
        <source>It is being read again. Open it from the library once it is ready.</source>
        <translation>È in corso di rilettura. Aprilo dalla biblioteca quando sarà pronto.</translation>
    </message>
</context>
<context>
    <name>Removing</name>
    <message>
        <source>“{document}” removed from Phial (the file stays)</source>
        <translation>«{document}» rimosso da Phial (il file resta)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) removed from Phial (the files stay)</source>
        <translation>
            <numerusform>%Ln documento rimosso da Phial (i file restano)</numerusform>
            <numerusform>%Ln documenti rimossi da Phial (i file restano)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) were left unread</source>
        <translation>
            <numerusform>%Ln pagina scansionata è stata lasciata non letta</numerusform>
            <numerusform>%Ln pagine scansionate sono state lasciate non lette</numerusform>
        </translation>
    </message>
    <message>
        <source>“{document}”, which had not been read, was left out (the file stays)</source>
        <translation>«{document}», che non era stato letto, è stato lasciato fuori (il file resta)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) that had not been read were left out (the files stay)</source>
        <translation>
            <numerusform>%Ln documento che non era stato letto è stato lasciato fuori (il file resta)</numerusform>
            <numerusform>%Ln documenti che non erano stati letti sono stati lasciati fuori (i file restano)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavingNotice</name>
    <message>
        <source>Save the conversation</source>
        <translation>Salva la conversazione</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Salva la risposta</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Salvata come «{name}»</translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln documento</numerusform>
            <numerusform>%Ln documenti</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: click to ask everything again</source>
        <translation>{name}: fai clic per tornare a interrogare tutti i documenti</translation>
    </message>
    <message>
        <source>Limited to {name}, press to lift</source>
        <translation>Limitato a {name}, premi per togliere il limite</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Cancella</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Length of answers</source>
        <translation>Lunghezza delle risposte</translation>
    </message>
    <message>
        <source>How strictly answers keep to the documents</source>
        <translation>Fedeltà delle risposte ai documenti</translation>
    </message>
    <message>
        <source>Language of answers</source>
        <translation>Lingua delle risposte</translation>
    </message>
    <message>
        <source>Memory for passages already read</source>
        <translation>Memoria per i passaggi già letti</translation>
    </message>
    <message>
        <source>Disk space for passages already read</source>
        <translation>Disco per i passaggi già letti</translation>
    </message>
    <message>
        <source>Read likely passages ahead</source>
        <translation>Leggere prima i passaggi probabili</translation>
    </message>
    <message>
        <source>Reuse passages already read</source>
        <translation>Riusare i passaggi già letti</translation>
    </message>
    <message>
        <source>Seconds to the first word</source>
        <translation>Secondi fino alla prima parola</translation>
    </message>
    <message>
        <source>Seconds until the model rests</source>
        <translation>Secondi prima che il modello riposi</translation>
    </message>
    <message>
        <source>Tokens that the model holds</source>
        <translation>Token che il modello tiene</translation>
    </message>
    <message>
        <source>Where models come from</source>
        <translation>Da dove vengono i modelli</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Sempre</translation>
    </message>
    <message>
        <source>On mains power</source>
        <translation>Con la corrente</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Breve</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Lunga</translation>
    </message>
    <message>
        <source>Strictly</source>
        <translation>Rigorosa</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Equilibrata</translation>
    </message>
    <message>
        <source>Freely</source>
        <translation>Liberamente</translation>
    </message>
    <message>
        <source>As the question</source>
        <translation>Quella della domanda</translation>
    </message>
    <message>
        <source>As is safe</source>
        <translation>Quanto è sicuro</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Default</source>
        <translation>Predefinito</translation>
    </message>
    <message>
        <source>Default for {setting}</source>
        <translation>Valore predefinito di {setting}</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Non è stato cambiato nulla.</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>ANSWERS</source>
        <translation>RISPOSTE</translation>
    </message>
    <message>
        <source>PERFORMANCE AND BATTERY</source>
        <translation>PRESTAZIONI E BATTERIA</translation>
    </message>
    <message>
        <source>CONNECTIONS</source>
        <translation>CONNESSIONI</translation>
    </message>
    <message>
        <source>The backup was restored</source>
        <translation>Il backup è stato ripristinato</translation>
    </message>
    <message>
        <source>APPEARANCE</source>
        <translation>ASPETTO</translation>
    </message>
    <message>
        <source>QUICK QUESTION</source>
        <translation>DOMANDA RAPIDA</translation>
    </message>
    <message>
        <source>STARTING AND CLOSING</source>
        <translation>AVVIO E CHIUSURA</translation>
    </message>
    <message>
        <source>DATA FOLDER</source>
        <translation>CARTELLA DEI DATI</translation>
    </message>
    <message>
        <source>It holds the library, the models and these settings, and no document of yours. To have it elsewhere, quit Phial, move it, and start Phial with PHIAL_HOME set to its new place.</source>
        <translation>Contiene la biblioteca, i modelli e queste impostazioni, e nessuno dei tuoi documenti. Per averla altrove, esci da Phial, spostala, poi avvia Phial con PHIAL_HOME impostato sulla nuova posizione.</translation>
    </message>
    <message>
        <source>ABOUT</source>
        <translation>INFORMAZIONI</translation>
    </message>
    <message>
        <source>About Phial, and licences…</source>
        <translation>Informazioni su Phial e licenze…</translation>
    </message>
    <message>
        <source>Show the first steps again</source>
        <translation>Mostra di nuovo i primi passi</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Chiaro o scuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Scorciatoia</translation>
    </message>
    <message>
        <source>Show every connection…</source>
        <translation>Mostra tutte le connessioni…</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>Avvia con il computer</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Resta nell’area di notifica quando la finestra è chiusa</translation>
    </message>
    <message>
        <source>Tell me when something long has ended and Phial is not in front</source>
        <translation>Avvisami quando un lavoro lungo è finito e Phial non è in primo piano</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Closing the window leaves Phial in the tray, and what is under way goes on.</source>
        <translation>Chiudendo la finestra Phial resta nell’area di notifica, e ciò che è in corso continua.</translation>
    </message>
    <message>
        <source>Phial goes on</source>
        <translation>Phial continua</translation>
    </message>
</context>
<context>
    <name>ShortcutField</name>
    <message>
        <source>No shortcut</source>
        <translation>Nessuna scorciatoia</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>It needs one key with Ctrl, Alt or Meta, or a function key.</source>
        <translation>Serve un tasto con Ctrl, Alt o Meta, o un tasto funzione.</translation>
    </message>
    <message>
        <source>Use {shortcut} instead</source>
        <translation>Usa invece {shortcut}</translation>
    </message>
    <message>
        <source>This desktop gives no program such a key. Bind “phial quick” to one in its own settings.</source>
        <translation>Questo desktop non dà un tasto simile a nessun programma. Assegna “phial quick” a un tasto nelle sue impostazioni.</translation>
    </message>
    <message>
        <source>This desktop decides which key it is, and asks you.</source>
        <translation>Questo desktop decide qual è il tasto e te lo chiede.</translation>
    </message>
    <message>
        <source>Brings the quick question over any program. Empty the field to have none.</source>
        <translation>Apre la domanda rapida sopra qualsiasi programma. Svuota il campo per non averne.</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
    <message>
        <source>Show the first steps again</source>
        <translation>Mostra di nuovo i primi passi</translation>
    </message>
    <message>
        <source>EVERYWHERE</source>
        <translation>OVUNQUE</translation>
    </message>
    <message>
        <source>Go to the next pane, or back</source>
        <translation>Vai al riquadro successivo o precedente</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Cerca un documento per nome</translation>
    </message>
    <message>
        <source>Search the documents for what was typed there</source>
        <translation>Cercare nei documenti quel che vi è scritto</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Cerca nelle conversazioni</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nuova conversazione</translation>
    </message>
    <message>
        <source>Save the conversation as PDF, Word or Markdown</source>
        <translation>Salvare la conversazione in PDF, Word o Markdown</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Aggiungi file</translation>
    </message>
    <message>
        <source>Show what was read of every page</source>
        <translation>Mostra ciò che è stato letto di ogni pagina</translation>
    </message>
    <message>
        <source>Show the models, and get one</source>
        <translation>Mostra i modelli e ottienine uno</translation>
    </message>
    <message>
        <source>Show what is under way</source>
        <translation>Mostra ciò che è in corso</translation>
    </message>
    <message>
        <source>Show the settings</source>
        <translation>Mostra le impostazioni</translation>
    </message>
    <message>
        <source>Stop the answer, or back out</source>
        <translation>Ferma la risposta o torna indietro</translation>
    </message>
    <message>
        <source>Show this list</source>
        <translation>Mostra questo elenco</translation>
    </message>
    <message>
        <source>Close Phial</source>
        <translation>Chiudi Phial</translation>
    </message>
    <message>
        <source>QUESTION</source>
        <translation>DOMANDA</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Chiedi</translation>
    </message>
    <message>
        <source>Begin a new line</source>
        <translation>Inizia una nuova riga</translation>
    </message>
    <message>
        <source>Go on in the window with a quick question</source>
        <translation>Continuare nella finestra con una domanda rapida</translation>
    </message>
    <message>
        <source>Go to the question before, or the next</source>
        <translation>Vai alla domanda precedente, o alla successiva</translation>
    </message>
    <message>
        <source>LISTS</source>
        <translation>ELENCHI</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Rename a conversation or a collection</source>
        <translation>Rinomina una conversazione o una raccolta</translation>
    </message>
    <message>
        <source>Remove a document, or delete a collection or a conversation</source>
        <translation>Rimuovi un documento, o elimina una raccolta o una conversazione</translation>
    </message>
    <message>
        <source>Bring back what was just removed</source>
        <translation>Ripristina ciò che è stato appena rimosso</translation>
    </message>
    <message>
        <source>Select all documents</source>
        <translation>Seleziona tutti i documenti</translation>
    </message>
    <message>
        <source>Show what can be done with it</source>
        <translation>Mostra che cosa se ne può fare</translation>
    </message>
    <message>
        <source>Add the files that were copied</source>
        <translation>Aggiungi i file copiati</translation>
    </message>
    <message>
        <source>READER</source>
        <translation>LETTORE</translation>
    </message>
    <message>
        <source>Next citation, or the one before</source>
        <translation>Citazione successiva o precedente</translation>
    </message>
    <message>
        <source>Larger, or smaller</source>
        <translation>Ingrandisci o riduci</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Adatta alla larghezza</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Pagina intera</translation>
    </message>
    <message>
        <source>As large as on paper</source>
        <translation>Dimensione della carta</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Ruota le pagine</translation>
    </message>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pagine, indice e citazioni</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Cerca nel documento</translation>
    </message>
    <message>
        <source>Next hit, or the one before</source>
        <translation>Occorrenza successiva, o precedente</translation>
    </message>
    <message>
        <source>Select all of the page</source>
        <translation>Seleziona tutta la pagina</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Copy with its place</source>
        <translation>Copia con il riferimento</translation>
    </message>
    <message>
        <source>Ask about what is selected</source>
        <translation>Fai una domanda su ciò che è selezionato</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>The other way round</source>
        <translation>In ordine inverso</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Ordine: {order}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Date added</source>
        <translation>Data di aggiunta</translation>
    </message>
    <message>
        <source>Date of the document</source>
        <translation>Data del documento</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pagine</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Dimensione</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Searching by meaning…</source>
        <translation>Ricerca per significato…</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>Caricamento di {model}…</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>il modello</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>Lettura dei passaggi…</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>In corso…</translation>
    </message>
</context>
<context>
    <name>StepDots</name>
    <message>
        <source>Step {step} of {count}</source>
        <translation>Passo {step} di {count}</translation>
    </message>
</context>
<context>
    <name>StripWords</name>
    <message numerus="yes">
        <source>%Ln page(s) of text</source>
        <translation>
            <numerusform>%Ln pagina di testo</numerusform>
            <numerusform>%Ln pagine di testo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with text</source>
        <translation>
            <numerusform>%Ln con testo</numerusform>
            <numerusform>%Ln con testo</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by OCR</source>
        <translation>
            <numerusform>%Ln con OCR</numerusform>
            <numerusform>%Ln con OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for OCR</source>
        <translation>
            <numerusform>%Ln in attesa di OCR</numerusform>
            <numerusform>%Ln in attesa di OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln empty</source>
        <translation>
            <numerusform>%Ln vuota</numerusform>
            <numerusform>%Ln vuote</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left unread</source>
        <translation>
            <numerusform>%Ln lasciata non letta</numerusform>
            <numerusform>%Ln lasciate non lette</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln non riuscita</numerusform>
            <numerusform>%Ln non riuscite</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryView</name>
    <message>
        <source>Summary</source>
        <translation>Riassunto</translation>
    </message>
    <message>
        <source>Sum up again</source>
        <translation>Riassumi ancora</translation>
    </message>
    <message>
        <source>Looking at the documents…</source>
        <translation>Esame dei documenti…</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept: the same goes on from there.</source>
        <translation>Interrotto. Ciò che è stato letto resta: la stessa richiesta riprende da lì.</translation>
    </message>
    <message>
        <source>Compare {what}</source>
        <translation>Confronta {what}</translation>
    </message>
    <message>
        <source>Summarise {what}</source>
        <translation>Riassumi {what}</translation>
    </message>
    <message>
        <source>The summary is there.</source>
        <translation>Il riassunto è pronto.</translation>
    </message>
    <message>
        <source>Choosing the sentences that carry it</source>
        <translation>Scelta delle frasi essenziali</translation>
    </message>
    <message>
        <source>Reading {document}</source>
        <translation>Lettura di {document}</translation>
    </message>
    <message>
        <source>Putting it together</source>
        <translation>Composizione</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Confronto</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>Traduzione</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>part {done} of {parts}</source>
        <translation>parte {done} di {parts}</translation>
    </message>
</context>
<context>
    <name>SummaryWords</name>
    <message numerus="yes">
        <source>%Ln document(s) looked at from the first page to the last</source>
        <translation>
            <numerusform>%Ln documento letto dalla prima all’ultima pagina</numerusform>
            <numerusform>%Ln documenti letti dalla prima all’ultima pagina</numerusform>
        </translation>
    </message>
    <message>
        <source>{document}: {covered} of {pages} pages looked at</source>
        <translation>{document}: {covered} pagine esaminate su {pages}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) without text yet</source>
        <translation>
            <numerusform>%Ln pagina ancora senza testo</numerusform>
            <numerusform>%Ln pagine ancora senza testo</numerusform>
        </translation>
    </message>
    <message>
        <source>The documents share no sections and no central words to be compared by. Compare them once more, and write what interests you.</source>
        <translation>I documenti non hanno in comune né sezioni né parole centrali da confrontare. Confrontali di nuovo, scrivendo ciò che ti interessa.</translation>
    </message>
    <message>
        <source>Not kept among the conversations: {why} Save it as a file, or copy it.</source>
        <translation>Non conservato tra le conversazioni: {why} Salvalo in un file, o copialo.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{percent} % of the words</source>
        <translation>{percent} % delle parole</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsupported sentence(s) left out</source>
        <translation>
            <numerusform>%Ln frase senza sostegno omessa</numerusform>
            <numerusform>%Ln frasi senza sostegno omesse</numerusform>
        </translation>
    </message>
    <message>
        <source>the documents’ own sentences</source>
        <translation>le frasi dei documenti</translation>
    </message>
</context>
<context>
    <name>SupportLegend</name>
    <message numerus="yes">
        <source>%Ln sentence(s) marked so: nothing in the passages says the same. Check before you rely on it.</source>
        <translation>
            <numerusform>%Ln frase segnata così: nulla nei passaggi dice lo stesso. Verifica prima di farci affidamento.</numerusform>
            <numerusform>%Ln frasi segnate così: nulla nei passaggi dice lo stesso. Verifica prima di farci affidamento.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThumbnailList</name>
    <message>
        <source>Pages</source>
        <translation>Pagine</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Page {label}</source>
        <translation>Pagina {label}</translation>
    </message>
    <message>
        <source>{page}, cited</source>
        <translation>{page}, citata</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Phial</source>
        <translation>Apri Phial</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>Fai una domanda</translation>
    </message>
    <message>
        <source>Pause reading documents</source>
        <translation>Sospendi la lettura dei documenti</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Impostazioni…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Esci</translation>
    </message>
    <message>
        <source>Resume reading documents</source>
        <translation>Riprendi la lettura dei documenti</translation>
    </message>
</context>
<context>
    <name>TrayRow</name>
    <message>
        <source>Phial finds no tray on this desktop: closing the window quits Phial.</source>
        <translation>Phial non trova un’area di notifica su questo desktop: chiudendo la finestra si esce da Phial.</translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>All is well again: what was under way goes on.</source>
        <translation>Tutto di nuovo a posto: ciò che era in corso continua.</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Copy details</source>
        <translation>Copia i dettagli</translation>
    </message>
</context>
<context>
    <name>TurnColumn</name>
    <message>
        <source>Questions and answers</source>
        <translation>Domande e risposte</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Ask again</source>
        <translation>Chiedi di nuovo</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>Ottieni un modello…</translation>
    </message>
    <message>
        <source>Looking for passages…</source>
        <translation>Ricerca dei passaggi…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) found</source>
        <translation>
            <numerusform>%Ln passaggio trovato</numerusform>
            <numerusform>%Ln passaggi trovati</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Fermato.</translation>
    </message>
    <message>
        <source>Nearest sentences</source>
        <translation>Frasi più vicine</translation>
    </message>
    <message>
        <source>Your documents don’t seem to hold an answer to this question.</source>
        <translation>I tuoi documenti non sembrano contenere una risposta a questa domanda.</translation>
    </message>
    <message>
        <source>These sentences are nearest to it:</source>
        <translation>Ecco le frasi che più le si avvicinano:</translation>
    </message>
    <message>
        <source>The nearest passages are above.</source>
        <translation>I passaggi più vicini sono qui sopra.</translation>
    </message>
    <message>
        <source>Understood as: {question}</source>
        <translation>Domanda intesa così: {question}</translation>
    </message>
    <message>
        <source>The model’s own words found no support: this is the nearest sentence instead.</source>
        <translation>Le parole del modello non hanno trovato sostegno: ecco invece la frase più vicina.</translation>
    </message>
    <message>
        <source>No model is installed: this is the nearest sentence of your documents.</source>
        <translation>Nessun modello è installato: ecco la frase più vicina nei tuoi documenti.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passaggio</numerusform>
            <numerusform>%Ln passaggi</numerusform>
        </translation>
    </message>
    <message>
        <source>first word {seconds} s</source>
        <translation>prima parola {seconds} s</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} token/s</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un sostituto</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Removed</source>
        <translation>Rimosso</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>UpdateRow</name>
    <message>
        <source>Look for a new version…</source>
        <translation>Cerca una nuova versione…</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>Scaricala</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Ricerca…</translation>
    </message>
    <message>
        <source>Phial {version} from {host} · {done} of {size}</source>
        <translation>Phial {version} da {host} · {done} di {size}</translation>
    </message>
    <message>
        <source>Phial {version} is here, and is what was signed</source>
        <translation>Phial {version} è qui, ed è ciò che è stato firmato</translation>
    </message>
    <message>
        <source>Phial does not run it. Quit Phial, then open {file}.</source>
        <translation>Phial non lo avvia. Chiudi Phial, poi apri {file}.</translation>
    </message>
    <message>
        <source>Phial {version} is the newest version, as {host} says.</source>
        <translation>Phial {version} è la versione più nuova, secondo {host}.</translation>
    </message>
    <message>
        <source>Phial {version} of {day} is there.</source>
        <translation>È disponibile Phial {version} del {day}.</translation>
    </message>
    <message>
        <source>To be fetched: {file} ({size}) from {host}.</source>
        <translation>Da scaricare: {file} ({size}) da {host}.</translation>
    </message>
    <message>
        <source>It has no installer for this computer.</source>
        <translation>Non ha un programma d’installazione per questo computer.</translation>
    </message>
</context>
</TS>
