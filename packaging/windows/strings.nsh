; What the installer says, in each of its languages. A test compares them: each sentence is in all, with the same places
; for names ($0, $INSTDIR …).


LangString Welcome ${LANG_ENGLISH} "Phial answers from your own documents, and shows the page that each sentence comes from.$\r$\n$\r$\nIt is installed for you alone, without an administrator. Your documents stay where they are and as they are, and nothing of them leaves this computer."
LangString Welcome ${LANG_FRENCH} "Phial répond à partir de vos propres documents et montre la page d'où vient chaque phrase.$\r$\n$\r$\nIl est installé pour vous seul, sans administrateur. Vos documents restent où ils sont et comme ils sont, et rien n'en quitte cet ordinateur."
LangString Welcome ${LANG_ITALIAN} "Phial risponde a partire dai tuoi documenti e mostra la pagina da cui viene ogni frase.$\r$\n$\r$\nViene installato solo per te, senza amministratore. I tuoi documenti restano dove e come sono, e nulla di essi lascia questo computer."

LangString TooOld ${LANG_ENGLISH} "Phial needs Windows 10, version 1809, or newer. This Windows is older, and nothing was installed."
LangString TooOld ${LANG_FRENCH} "Phial demande Windows 10, version 1809, ou plus récent. Ce Windows est plus ancien : rien n'a été installé."
LangString TooOld ${LANG_ITALIAN} "Phial richiede Windows 10, versione 1809, o più recente. Questo Windows è più vecchio: non è stato installato nulla."

LangString OtherProcessor ${LANG_ENGLISH} "This Phial is for computers with an Intel or AMD processor and a 64-bit Windows. This computer is another kind, and nothing was installed."
LangString OtherProcessor ${LANG_FRENCH} "Ce Phial est fait pour les ordinateurs à processeur Intel ou AMD avec un Windows 64 bits. Cet ordinateur est d'une autre sorte : rien n'a été installé."
LangString OtherProcessor ${LANG_ITALIAN} "Questo Phial è per computer con processore Intel o AMD e Windows a 64 bit. Questo computer è di un altro tipo: non è stato installato nulla."

LangString AnotherSetup ${LANG_ENGLISH} "Phial's setup is open already. Finish that one first."
LangString AnotherSetup ${LANG_FRENCH} "L'installation de Phial est déjà ouverte. Terminez-la d'abord."
LangString AnotherSetup ${LANG_ITALIAN} "L'installazione di Phial è già aperta. Completa prima quella."

LangString NewerIsThere ${LANG_ENGLISH} "Phial $0 is installed, which is newer than ${VERSION}. An older Phial can't open a library that a newer one has written. Put the older one in its place all the same?"
LangString NewerIsThere ${LANG_FRENCH} "Phial $0 est installé, plus récent que ${VERSION}. Un Phial plus ancien ne peut pas ouvrir une bibliothèque écrite par un plus récent. Le remplacer tout de même par l'ancien ?"
LangString NewerIsThere ${LANG_ITALIAN} "È installato Phial $0, più recente di ${VERSION}. Un Phial più vecchio non può aprire una biblioteca scritta da uno più recente. Sostituirlo comunque con quello vecchio?"

LangString NoRoom ${LANG_ENGLISH} "There is too little room on the disk: Phial needs ${MEGABYTES} MB for itself, in $INSTDIR. Make room there, or choose another folder."
LangString NoRoom ${LANG_FRENCH} "Il n'y a pas assez de place sur le disque : Phial a besoin de ${MEGABYTES} Mo pour lui-même, dans $INSTDIR. Faites-y de la place, ou choisissez un autre dossier."
LangString NoRoom ${LANG_ITALIAN} "Sul disco c'è troppo poco spazio: Phial ha bisogno di ${MEGABYTES} MB per sé, in $INSTDIR. Libera dello spazio o scegli un'altra cartella."

LangString PathTooLong ${LANG_ENGLISH} "The name of this folder is so long that Windows couldn't open every file in it. Choose a folder with a shorter name."
LangString PathTooLong ${LANG_FRENCH} "Le nom de ce dossier est si long que Windows ne pourrait pas y ouvrir tous les fichiers. Choisissez un dossier au nom plus court."
LangString PathTooLong ${LANG_ITALIAN} "Il nome di questa cartella è così lungo che Windows non potrebbe aprirne tutti i file. Scegli una cartella con un nome più corto."

LangString InDataFolder ${LANG_ENGLISH} "Your library is in this folder. Choose another one for the program, so that one can be removed without the other."
LangString InDataFolder ${LANG_FRENCH} "Votre bibliothèque est dans ce dossier. Choisissez-en un autre pour le programme, afin que l'un puisse être retiré sans l'autre."
LangString InDataFolder ${LANG_ITALIAN} "In questa cartella c'è la tua biblioteca. Scegline un'altra per il programma, così l'uno può essere rimosso senza l'altra."

LangString NoModel ${LANG_ENGLISH} "The language model beside this setup couldn't be copied. Phial works without it; add the model's file in the window, under Models."
LangString NoModel ${LANG_FRENCH} "Le modèle de langage à côté de cette installation n'a pas pu être copié. Phial marche sans lui ; ajoutez le fichier du modèle dans la fenêtre, sous Modèles."
LangString NoModel ${LANG_ITALIAN} "Non è stato possibile copiare il modello linguistico accanto a questa installazione. Phial funziona anche senza; aggiungi il file del modello nella finestra, in Modelli."

LangString WaitingForEnd ${LANG_ENGLISH} "Phial is open: asking it to close, and waiting for it…"
LangString WaitingForEnd ${LANG_FRENCH} "Phial est ouvert : il lui est demandé de se fermer, puis on l'attend…"
LangString WaitingForEnd ${LANG_ITALIAN} "Phial è aperto: gli si chiede di chiudersi e lo si attende…"

LangString StillRunning ${LANG_ENGLISH} "Phial is still open. Close it, also in the terminal, and try again. Nothing has been changed so far."
LangString StillRunning ${LANG_FRENCH} "Phial est encore ouvert. Fermez-le, dans le terminal aussi, puis réessayez. Rien n'a été changé jusqu'ici."
LangString StillRunning ${LANG_ITALIAN} "Phial è ancora aperto. Chiudilo, anche nel terminale, e riprova. Finora non è stato cambiato nulla."

LangString NotRemoved ${LANG_ENGLISH} "The Phial that is installed couldn't be taken away from $0. Close what uses that folder, and start this setup again."
LangString NotRemoved ${LANG_FRENCH} "Le Phial installé n'a pas pu être retiré de $0. Fermez ce qui utilise ce dossier, puis relancez cette installation."
LangString NotRemoved ${LANG_ITALIAN} "Non è stato possibile togliere il Phial installato da $0. Chiudi ciò che usa quella cartella e riavvia questa installazione."

LangString DeleteData ${LANG_ENGLISH} "Also delete your library: the index, conversations, settings and downloaded models in $0? Your own documents stay where they are. If you keep it, a Phial that is installed later goes on with it."
LangString DeleteData ${LANG_FRENCH} "Supprimer aussi votre bibliothèque : l'index, les conversations, les réglages et les modèles téléchargés dans $0 ? Vos propres documents restent où ils sont. Si vous la gardez, un Phial installé plus tard la reprendra."
LangString DeleteData ${LANG_ITALIAN} "Eliminare anche la tua biblioteca: l'indice, le conversazioni, le impostazioni e i modelli scaricati in $0? I tuoi documenti restano dove sono. Se la conserva, un Phial installato in seguito la riprenderà."

LangString AskPhial ${LANG_ENGLISH} "Ask Phial"
LangString AskPhial ${LANG_FRENCH} "Demander à Phial"
LangString AskPhial ${LANG_ITALIAN} "Chiedi a Phial"

LangString ProgramPart ${LANG_ENGLISH} "Phial"
LangString ProgramPart ${LANG_FRENCH} "Phial"
LangString ProgramPart ${LANG_ITALIAN} "Phial"

LangString ProgramTold ${LANG_ENGLISH} "The program, with its entry in the Start menu."
LangString ProgramTold ${LANG_FRENCH} "Le programme, avec son entrée dans le menu Démarrer."
LangString ProgramTold ${LANG_ITALIAN} "Il programma, con la sua voce nel menu Start."

LangString VerbsPart ${LANG_ENGLISH} "“Ask Phial” for files and folders"
LangString VerbsPart ${LANG_FRENCH} "« Demander à Phial » pour fichiers et dossiers"
LangString VerbsPart ${LANG_ITALIAN} "«Chiedi a Phial» per file e cartelle"

LangString VerbsTold ${LANG_ENGLISH} "One more entry in the menu of the right mouse button. What opens your files with a double click stays as it is."
LangString VerbsTold ${LANG_FRENCH} "Une entrée de plus dans le menu du bouton droit. Ce qui ouvre vos fichiers par un double-clic reste inchangé."
LangString VerbsTold ${LANG_ITALIAN} "Una voce in più nel menu del tasto destro. Ciò che apre i tuoi file con un doppio clic resta com'è."

LangString DesktopPart ${LANG_ENGLISH} "Icon on the desktop"
LangString DesktopPart ${LANG_FRENCH} "Icône sur le bureau"
LangString DesktopPart ${LANG_ITALIAN} "Icona sul desktop"

LangString DesktopTold ${LANG_ENGLISH} "A shortcut on your desktop."
LangString DesktopTold ${LANG_FRENCH} "Un raccourci sur votre bureau."
LangString DesktopTold ${LANG_ITALIAN} "Un collegamento sul tuo desktop."

LangString TerminalPart ${LANG_ENGLISH} "“phial” in the terminal"
LangString TerminalPart ${LANG_FRENCH} "« phial » dans le terminal"
LangString TerminalPart ${LANG_ITALIAN} "«phial» nel terminale"

LangString TerminalTold ${LANG_ENGLISH} "Adds the program's folder to your own PATH, for terminals that are opened from now on."
LangString TerminalTold ${LANG_FRENCH} "Ajoute le dossier du programme à votre propre PATH, pour les terminaux ouverts ensuite."
LangString TerminalTold ${LANG_ITALIAN} "Aggiunge la cartella del programma al tuo PATH, per i terminali aperti da ora in poi."

LangString ShortcutTold ${LANG_ENGLISH} "Answers from your own documents"
LangString ShortcutTold ${LANG_FRENCH} "Des réponses tirées de vos propres documents"
LangString ShortcutTold ${LANG_ITALIAN} "Risposte dai tuoi documenti"
