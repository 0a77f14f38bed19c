<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
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
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n documento</numerusform>
            <numerusform>%n documenti</numerusform>
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
    <name>ConnectionsDialog</name>
    <message>
        <source>Connections</source>
        <translation>Connessioni</translation>
    </message>
    <message>
        <source>Every connection ever made</source>
        <translation>Tutte le connessioni mai stabilite</translation>
    </message>
    <message>
        <source>No connection was ever made.</source>
        <translation>Nessuna connessione è mai stata stabilita.</translation>
    </message>
    <message>
        <source>Phial reads, searches and answers on this computer alone. It connects only to fetch a model that you ask for by name, and writes each connection down here.</source>
        <translation>Phial legge, cerca e risponde solo su questo computer. Si connette soltanto per scaricare un modello che chiedi per nome, e annota qui ogni connessione.</translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
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
    <name>ConversationPane</name>
    <message>
        <source>Conversation</source>
        <translation>Conversazione</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Domande e risposte</translation>
    </message>
</context>
<context>
    <name>DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>Documenti</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Dimentica…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>waiting to be read</source>
        <translation>in attesa di lettura</translation>
    </message>
    <message>
        <source>being read: page {done} of {pages}</source>
        <translation>in lettura: pagina {done} di {pages}</translation>
    </message>
    <message>
        <source>found by its words; {done} of {passages} passages also by their meaning</source>
        <translation>si trova per le sue parole; {done} passaggi su {passages} anche per il loro senso</translation>
    </message>
    <message numerus="yes">
        <source>ready, %n page(s)</source>
        <translation>
            <numerusform>pronto, %n pagina</numerusform>
            <numerusform>pronto, %n pagine</numerusform>
        </translation>
    </message>
    <message>
        <source>needs its password</source>
        <translation>richiede la password</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>non si è potuto leggere</translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message>
        <source>{pages} p</source>
        <translation>{pages} p</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>in attesa</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>DropState</name>
    <message>
        <source>Drop to add to your library</source>
        <translation>Rilascia per aggiungere alla tua biblioteca</translation>
    </message>
    <message>
        <source>Your files stay where they are; Phial only reads them.</source>
        <translation>I tuoi file restano dove sono; Phial li legge soltanto.</translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>Drop PDFs and notes here</source>
        <translation>Trascina qui PDF e note</translation>
    </message>
    <message>
        <source>They stay where they are. Phial reads them on this computer, and nowhere else.</source>
        <translation>Restano dove sono. Phial li legge su questo computer, e da nessun’altra parte.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Aggiungi file…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>Prova gli esempi</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Passage {number}: {document}, {place}</source>
        <translation>Passaggio {number}: {document}, {place}</translation>
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
        <source>%n more passage(s)</source>
        <translation>
            <numerusform>%n altro passaggio</numerusform>
            <numerusform>altri %n passaggi</numerusform>
        </translation>
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
    <name>Greeting</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Che cosa vuoi sapere?</translation>
    </message>
    <message>
        <source>Ask your documents in your own words. The passages come first, the answer is written below them, and every sentence leads to its page.</source>
        <translation>Interroga i tuoi documenti con parole tue. Prima arrivano i passaggi, sotto si scrive la risposta, e ogni frase porta alla sua pagina.</translation>
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
        <source>Delete…</source>
        <translation>Elimina…</translation>
    </message>
</context>
<context>
    <name>IndexingLine</name>
    <message numerus="yes">
        <source>Paused · %n document(s) left</source>
        <translation>
            <numerusform>In pausa · %n documento rimasto</numerusform>
            <numerusform>In pausa · %n documenti rimasti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %n document(s)</source>
        <translation>
            <numerusform>Lettura di %n documento</numerusform>
            <numerusform>Lettura di %n documenti</numerusform>
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
    <message numerus="yes">
        <source>%n s left</source>
        <translation>
            <numerusform>ancora %n s</numerusform>
            <numerusform>ancora %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>ancora %n min</numerusform>
            <numerusform>ancora %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h left</source>
        <translation>
            <numerusform>ancora %n h</numerusform>
            <numerusform>ancora %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {passages} passages, {pages} pages read</source>
        <translation>{done} passaggi su {passages}, {pages} pagine lette</translation>
    </message>
</context>
<context>
    <name>LibraryNotice</name>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Mostra nella cartella</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Dimentica</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} e un altro</numerusform>
            <numerusform>{names} e altri %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out</source>
        <translation>
            <numerusform>%n file è stato escluso</numerusform>
            <numerusform>%n file sono stati esclusi</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget “{document}”?</source>
        <translation>Dimenticare “{document}”?</translation>
    </message>
    <message numerus="yes">
        <source>Forget %n document(s)?</source>
        <translation>
            <numerusform>Dimenticare %n documento?</numerusform>
            <numerusform>Dimenticare %n documenti?</numerusform>
        </translation>
    </message>
    <message>
        <source>Phial erases what it read of it and no longer answers from it. Your file stays where it is.</source>
        <translation>Phial cancella ciò che ne ha letto e non ne trae più risposte. Il tuo file resta dov’è.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Mantieni</translation>
    </message>
    <message>
        <source>Conversations that quote it keep their quotes: {titles}</source>
        <translation>Le conversazioni che lo citano conservano le citazioni: {titles}</translation>
    </message>
    <message>
        <source>Forgotten</source>
        <translation>Dimenticato</translation>
    </message>
</context>
<context>
    <name>LibraryPane</name>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Documents (*.pdf *.md *.markdown *.txt *.text);;All files (*)</source>
        <translation>Documenti (*.pdf *.md *.markdown *.txt *.text);;Tutti i file (*)</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Aggiungi file</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Aggiungi una cartella</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>Cerca un documento</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Cerca un documento per nome</translation>
    </message>
    <message>
        <source>All documents</source>
        <translation>Tutti i documenti</translation>
    </message>
    <message>
        <source>No document has this name.</source>
        <translation>Nessun documento ha questo nome.</translation>
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
        <source>Add a folder…</source>
        <translation>Aggiungi una cartella…</translation>
    </message>
    <message>
        <source>DOCUMENTS</source>
        <translation>DOCUMENTI</translation>
    </message>
    <message>
        <source>COLLECTIONS</source>
        <translation>RACCOLTE</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
    <message numerus="yes">
        <source>All documents: %n</source>
        <translation>
            <numerusform>Tutti i documenti: %n</numerusform>
            <numerusform>Tutti i documenti: %n</numerusform>
        </translation>
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
</context>
<context>
    <name>OfflineChip</name>
    <message numerus="yes">
        <source>Offline · %n connection(s)</source>
        <translation>
            <numerusform>Offline · %n connessione</numerusform>
            <numerusform>Offline · %n connessioni</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing leaves this computer. Opens the list of every connection ever made.</source>
        <translation>Niente lascia questo computer. Apre l’elenco di tutte le connessioni mai stabilite.</translation>
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
    <name>Place</name>
    <message>
        <source>page {page}</source>
        <translation>pagina {page}</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Fonti</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
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
        <source>Fits the width</source>
        <translation>Adattato alla larghezza</translation>
    </message>
</context>
<context>
    <name>ReaderHead</name>
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
        <source>Reader</source>
        <translation>Lettore</translation>
    </message>
    <message>
        <source>Choose a citation or a document to read it here.</source>
        <translation>Scegli una citazione o un documento per leggerlo qui.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
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
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
    <message>
        <source>No program on this computer opens this file.</source>
        <translation>Nessun programma di questo computer apre questo file.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Cancella</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
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
        <source>Search conversations</source>
        <translation>Cerca nelle conversazioni</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nuova conversazione</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Aggiungi file</translation>
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
        <source>LISTS</source>
        <translation>ELENCHI</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Rename a conversation</source>
        <translation>Rinomina una conversazione</translation>
    </message>
    <message>
        <source>Forget a document, or delete a conversation</source>
        <translation>Dimentica un documento o elimina una conversazione</translation>
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
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
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
    <name>TroubleCard</name>
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
    <name>TurnView</name>
    <message>
        <source>Ask again</source>
        <translation>Chiedi di nuovo</translation>
    </message>
    <message>
        <source>Looking for passages…</source>
        <translation>Ricerca dei passaggi…</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) found</source>
        <translation>
            <numerusform>%n passaggio trovato</numerusform>
            <numerusform>%n passaggi trovati</numerusform>
        </translation>
    </message>
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
    <message>
        <source>Stopped.</source>
        <translation>Fermato.</translation>
    </message>
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
        <source>Your documents don’t seem to hold an answer to this question.</source>
        <translation>I tuoi documenti non sembrano contenere una risposta a questa domanda.</translation>
    </message>
    <message>
        <source>The nearest passages are above.</source>
        <translation>I passaggi più vicini sono qui sopra.</translation>
    </message>
    <message>
        <source>The model’s own words found no support: this is the nearest sentence instead.</source>
        <translation>Le parole del modello non hanno trovato sostegno: ecco invece la frase più vicina.</translation>
    </message>
    <message numerus="yes">
        <source>%n sentence(s) without support in the passages, marked.</source>
        <translation>
            <numerusform>%n frase senza sostegno nei passaggi, segnalata.</numerusform>
            <numerusform>%n frasi senza sostegno nei passaggi, segnalate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passaggio</numerusform>
            <numerusform>%n passaggi</numerusform>
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
</TS>
