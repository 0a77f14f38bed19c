<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutWindow</name>
    <message>
        <source>About Phial</source>
        <translation>À propos de Phial</translation>
    </message>
    <message>
        <source>Phial {version}</source>
        <translation>Phial {version}</translation>
    </message>
    <message>
        <source>Answers from your own documents, with the place where each stands. Everything happens on this computer. Phial is free software under the MIT licence, and stands on the work of others:</source>
        <translation>Des réponses tirées de vos propres documents, avec l’endroit où chacune se trouve. Tout se passe sur cet ordinateur. Phial est un logiciel libre sous licence MIT et repose sur le travail d’autres&#xa0;:</translation>
    </message>
    <message>
        <source>Search by name or licence</source>
        <translation>Chercher par nom ou par licence</translation>
    </message>
    <message>
        <source>Search the parts of Phial</source>
        <translation>Chercher parmi les composants de Phial</translation>
    </message>
    <message>
        <source>Parts of Phial</source>
        <translation>Composants de Phial</translation>
    </message>
    <message>
        <source>No part has this name or licence.</source>
        <translation>Aucun composant n’a ce nom ni cette licence.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Save all licences</source>
        <translation>Enregistrer toutes les licences</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Enregistré sous «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Copy this licence</source>
        <translation>Copier cette licence</translation>
    </message>
    <message>
        <source>Save all licences…</source>
        <translation>Enregistrer toutes les licences…</translation>
    </message>
</context>
<context>
    <name>ActivityButton</name>
    <message>
        <source>Activity: {count}</source>
        <translation>Activité&#xa0;: {count}</translation>
    </message>
</context>
<context>
    <name>ActivityPane</name>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>Close the activity list</source>
        <translation>Fermer la liste des activités</translation>
    </message>
    <message>
        <source>Nothing is under way. What takes long is shown here while it lasts.</source>
        <translation>Rien n’est en cours. Ce qui prend du temps s’affiche ici tant que cela dure.</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Activités en cours</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Put away</source>
        <translation>Ranger</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>{button}: {activity}</source>
        <translation>{button}&#xa0;: {activity}</translation>
    </message>
</context>
<context>
    <name>ActivityWords</name>
    <message>
        <source>Reading documents</source>
        <translation>Lecture des documents</translation>
    </message>
    <message>
        <source>Reading scanned pages</source>
        <translation>Lecture des pages numérisées</translation>
    </message>
    <message>
        <source>Getting {model}</source>
        <translation>Téléchargement de {model}</translation>
    </message>
    <message>
        <source>Summing up “{document}”</source>
        <translation>Résumé de «&#xa0;{document}&#xa0;»</translation>
    </message>
    <message numerus="yes">
        <source>Summing up %Ln document(s)</source>
        <translation>
            <numerusform>Résumé de %Ln document</numerusform>
            <numerusform>Résumé de %Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>Finding all: {what}</source>
        <translation>Tout trouver&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Answering “{question}”</source>
        <translation>Réponse à «&#xa0;{question}&#xa0;»</translation>
    </message>
    <message>
        <source>Changing the search by meaning to {name}</source>
        <translation>Passage de la recherche par le sens à {name}</translation>
    </message>
    <message>
        <source>Mending the search index</source>
        <translation>Réparation de l’index de recherche</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Phial’s helper is starting again; this then goes on from where it was</source>
        <translation>L’assistant interne de Phial redémarre&#xa0;; la suite reprend ensuite là où elle en était</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>It did not work</source>
        <translation>Cela n’a pas fonctionné</translation>
    </message>
    <message numerus="yes">
        <source>Reading {done} of %Ln document(s)</source>
        <translation>
            <numerusform>Lecture&#xa0;: {done} sur %Ln document</numerusform>
            <numerusform>Lecture&#xa0;: {done} sur %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln under way</source>
        <translation>
            <numerusform>%Ln en cours</numerusform>
            <numerusform>%Ln en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing under way</source>
        <translation>rien en cours</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln document(s)</source>
        <translation>
            <numerusform>{done} sur %Ln document</numerusform>
            <numerusform>{done} sur %Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln page(s)</source>
        <translation>
            <numerusform>{done} sur %Ln page</numerusform>
            <numerusform>{done} sur %Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln part(s)</source>
        <translation>
            <numerusform>{done} sur %Ln partie</numerusform>
            <numerusform>{done} sur %Ln parties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln passage(s)</source>
        <translation>
            <numerusform>{done} sur %Ln passage</numerusform>
            <numerusform>{done} sur %Ln passages</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>found in %Ln document(s)</source>
        <translation>
            <numerusform>trouvé dans %Ln document</numerusform>
            <numerusform>trouvé dans %Ln documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AllDocumentsRow</name>
    <message>
        <source>All documents</source>
        <translation>Tous les documents</translation>
    </message>
    <message numerus="yes">
        <source>All documents: %Ln</source>
        <translation>
            <numerusform>Tous les documents&#xa0;: %Ln</numerusform>
            <numerusform>Tous les documents&#xa0;: %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AnswerFoot</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Copy with sources</source>
        <translation>Copier avec les sources</translation>
    </message>
    <message>
        <source>Copy the answer with the quotes that support it</source>
        <translation>Copier la réponse avec les citations qui l’appuient</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>Save as PDF, Word or Markdown</source>
        <translation>Enregistrer en PDF, Word ou Markdown</translation>
    </message>
    <message>
        <source>Ask again with another model</source>
        <translation>Reposer la question à un autre modèle</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>How this came about: passages, times, tokens, model</source>
        <translation>Comment c’est venu&#xa0;: passages, durées, tokens, modèle</translation>
    </message>
</context>
<context>
    <name>AnswerText</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Nothing in the passages supports this sentence.</source>
        <translation>Rien dans les passages n’appuie cette phrase.</translation>
    </message>
</context>
<context>
    <name>AskingAgain</name>
    <message>
        <source>Get a model…</source>
        <translation>Obtenir un modèle…</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un remplaçant</translation>
    </message>
</context>
<context>
    <name>Beginning</name>
    <message>
        <source>What gust is the Alder Quay footbridge designed for?</source>
        <translation>Combien de litres contient le chaudron de M. Lacombe&#xa0;?</translation>
    </message>
</context>
<context>
    <name>Collecting</name>
    <message>
        <source>Collection “{name}” deleted (its documents stay)</source>
        <translation>Collection «&#xa0;{name}&#xa0;» supprimée (ses documents restent)</translation>
    </message>
</context>
<context>
    <name>CollectionList</name>
    <message>
        <source>Collections</source>
        <translation>Collections</translation>
    </message>
    <message>
        <source>{name}, collection, {count}</source>
        <translation>{name}, collection, {count}</translation>
    </message>
    <message>
        <source>Show and ask only these documents</source>
        <translation>N’afficher et n’interroger que ces documents</translation>
    </message>
    <message>
        <source>Add files to it…</source>
        <translation>Y ajouter des fichiers…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Delete (its documents stay)</source>
        <translation>Supprimer (ses documents restent)</translation>
    </message>
</context>
<context>
    <name>CollectionRows</name>
    <message>
        <source>New name of “{name}”</source>
        <translation>Nouveau nom de «&#xa0;{name}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>CollectionSection</name>
    <message>
        <source>COLLECTIONS</source>
        <translation>COLLECTIONS</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Nouvelle collection</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask your documents…</source>
        <translation>Interrogez vos documents…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Enter asks, Shift and Enter begin a new line.</source>
        <translation>Entrée pose la question, Maj et Entrée commencent une nouvelle ligne.</translation>
    </message>
    <message>
        <source>What about? Leave it empty for all of it.</source>
        <translation>À propos de quoi&#xa0;? Laissez vide pour tout.</translation>
    </message>
    <message>
        <source>What is to be found in every document?</source>
        <translation>Que faut-il trouver dans chaque document&#xa0;?</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Résumer</translation>
    </message>
    <message>
        <source>Find all</source>
        <translation>Tout trouver</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
</context>
<context>
    <name>ConnectionModel</name>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Vers où</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>Pour quoi</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Issue</translation>
    </message>
    <message>
        <source>Model {model}</source>
        <translation>Modèle {model}</translation>
    </message>
    <message>
        <source>Phial {version}</source>
        <translation>Phial {version}</translation>
    </message>
    <message>
        <source>Is there a new version?</source>
        <translation>Y a-t-il une nouvelle version ?</translation>
    </message>
    <message>
        <source>Not ended</source>
        <translation>Pas terminée</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>Hors d’atteinte</translation>
    </message>
    <message>
        <source>Its certificate is not trusted</source>
        <translation>Son certificat n’est pas reconnu</translation>
    </message>
    <message>
        <source>Broken off</source>
        <translation>Interrompue</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Sent on to another address</source>
        <translation>Renvoyée à une autre adresse</translation>
    </message>
    <message>
        <source>Refused ({status})</source>
        <translation>Refusée ({status})</translation>
    </message>
</context>
<context>
    <name>ConnectionsWindow</name>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>Phial reads, searches and answers on this computer alone. It connects only to fetch a model that you ask for by name, or to look for a new version when you ask it to, and writes each connection down here before it is made.</source>
        <translation>Phial lit, cherche et répond sur cet ordinateur seulement. Il ne se connecte que pour télécharger un modèle que vous demandez par son nom, ou pour chercher une nouvelle version quand vous le lui demandez, et inscrit ici chaque connexion avant de l’établir.</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Enregistrer dans un fichier…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln connection(s) so far</source>
        <translation>
            <numerusform>%Ln connexion jusqu’ici</numerusform>
            <numerusform>%Ln connexions jusqu’ici</numerusform>
        </translation>
    </message>
    <message>
        <source>No connection was ever made.</source>
        <translation>Aucune connexion n’a jamais été établie.</translation>
    </message>
    <message>
        <source>Save the connections</source>
        <translation>Enregistrer les connexions</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Enregistré sous «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Every connection ever made</source>
        <translation>Toutes les connexions jamais établies</translation>
    </message>
</context>
<context>
    <name>ConversationFrame</name>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
</context>
<context>
    <name>ConversationHead</name>
    <message>
        <source>Save the conversation…</source>
        <translation>Enregistrer la conversation…</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>Conversations so far</source>
        <translation>Conversations précédentes</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
</context>
<context>
    <name>CountedWords</name>
    <message numerus="yes">
        <source>%Ln s left</source>
        <translation>
            <numerusform>encore %Ln s</numerusform>
            <numerusform>encore %Ln s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln min left</source>
        <translation>
            <numerusform>encore %Ln min</numerusform>
            <numerusform>encore %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln h left</source>
        <translation>
            <numerusform>encore %Ln h</numerusform>
            <numerusform>encore %Ln h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln core(s)</source>
        <translation>
            <numerusform>%Ln cœur</numerusform>
            <numerusform>%Ln cœurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) not read yet</source>
        <translation>
            <numerusform>%Ln page pas encore lue</numerusform>
            <numerusform>%Ln pages pas encore lues</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
</context>
<context>
    <name>DetailWords</name>
    <message>
        <source>Passages after</source>
        <translation>Passages après</translation>
    </message>
    <message>
        <source>First word after</source>
        <translation>Premier mot après</translation>
    </message>
    <message>
        <source>Whole answer after</source>
        <translation>Réponse entière après</translation>
    </message>
    <message>
        <source>Looked in</source>
        <translation>Cherché dans</translation>
    </message>
    <message>
        <source>Passages hold it</source>
        <translation>Contenu dans les passages</translation>
    </message>
    <message>
        <source>How far the passages hold an answer to the question, as far as their words can tell.</source>
        <translation>Dans quelle mesure les passages contiennent une réponse à la question, autant que leurs mots permettent d’en juger.</translation>
    </message>
    <message>
        <source>Supported</source>
        <translation>Appuyé</translation>
    </message>
    <message numerus="yes">
        <source>{supported} of %Ln sentence(s)</source>
        <translation>
            <numerusform>{supported} sur %Ln phrase</numerusform>
            <numerusform>{supported} sur %Ln phrases</numerusform>
        </translation>
    </message>
    <message>
        <source>A sentence is supported where a quote from the passages says the same.</source>
        <translation>Une phrase est appuyée quand une citation des passages dit la même chose.</translation>
    </message>
    <message>
        <source>Whole summary after</source>
        <translation>Résumé entier après</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln partie</numerusform>
            <numerusform>%Ln parties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them before</source>
        <translation>
            <numerusform>dont %Ln lue auparavant</numerusform>
            <numerusform>dont %Ln lues auparavant</numerusform>
        </translation>
    </message>
    <message>
        <source>Read one by one</source>
        <translation>Lu partie par partie</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>{percent} % of the words</source>
        <translation>{percent} % des mots</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sentence(s) of the model</source>
        <translation>
            <numerusform>%Ln phrase du modèle</numerusform>
            <numerusform>%Ln phrases du modèle</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out as unsupported</source>
        <translation>Écarté, faute d’appui</translation>
    </message>
    <message numerus="yes">
        <source>{checked} of %Ln document(s)</source>
        <translation>
            <numerusform>{checked} sur %Ln document</numerusform>
            <numerusform>{checked} sur %Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it after</source>
        <translation>Le tout après</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Examiné</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Trouvé dans</translation>
    </message>
    <message>
        <source>What they mean isn’t known yet: they are looked through by their words.</source>
        <translation>Leur sens n’est pas encore connu&#xa0;: ils sont parcourus par leurs mots.</translation>
    </message>
    <message>
        <source>By their words alone</source>
        <translation>Par leurs mots seuls</translation>
    </message>
    <message>
        <source>collection “{name}”</source>
        <translation>collection «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>{since} to {until}</source>
        <translation>de {since} à {until}</translation>
    </message>
    <message>
        <source>all documents</source>
        <translation>tous les documents</translation>
    </message>
    <message>
        <source>A token is a short word, or a part of a longer one.</source>
        <translation>Un token est un mot court, ou une partie d’un mot plus long.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept from before</source>
        <translation>
            <numerusform>%Ln gardé d’avant</numerusform>
            <numerusform>%Ln gardés d’avant</numerusform>
        </translation>
    </message>
    <message>
        <source>{speed} a second</source>
        <translation>{speed} par seconde</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lu</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Écrit</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>none: the documents’ own sentences</source>
        <translation>aucun&#xa0;: les phrases mêmes des documents</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un remplaçant</translation>
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
        <translation>Détails</translation>
    </message>
    <message>
        <source>Passages read</source>
        <translation>Passages lus</translation>
    </message>
    <message>
        <source>Open passage {number}: {place}</source>
        <translation>Ouvrir le passage {number}&#xa0;: {place}</translation>
    </message>
</context>
<context>
    <name>DetailsButton</name>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
    <message>
        <source>Ask about this document</source>
        <translation>Interroger ce document</translation>
    </message>
    <message>
        <source>Ask about these documents</source>
        <translation>Interroger ces documents</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Résumer</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
    <message>
        <source>Remove from Phial</source>
        <translation>Retirer de Phial</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Enter password…</source>
        <translation>Saisir le mot de passe…</translation>
    </message>
    <message>
        <source>Why it can’t be read</source>
        <translation>Pourquoi il est illisible</translation>
    </message>
    <message>
        <source>Put into</source>
        <translation>Mettre dans</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Nouvelle collection…</translation>
    </message>
    <message>
        <source>Take out of “{name}”</source>
        <translation>Sortir de «&#xa0;{name}&#xa0;»</translation>
    </message>
    <message>
        <source>Open in the system’s viewer</source>
        <translation>Ouvrir avec le programme du système</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Page by page…</source>
        <translation>Page par page…</translation>
    </message>
</context>
<context>
    <name>DocumentList</name>
    <message>
        <source>Documents</source>
        <translation>Documents</translation>
    </message>
</context>
<context>
    <name>DocumentModel</name>
    <message>
        <source>waiting to be read</source>
        <translation>attend d’être lu</translation>
    </message>
    <message>
        <source>found by its words; {done} of {passages} passages also by their meaning</source>
        <translation>trouvé par ses mots&#xa0;; {done} passages sur {passages} aussi par leur sens</translation>
    </message>
    <message>
        <source>reading scans: {done} of {count}</source>
        <translation>lecture des numérisations&#xa0;: {done} sur {count}</translation>
    </message>
    <message>
        <source>On a drive that isn’t connected</source>
        <translation>Sur un disque qui n’est pas connecté</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>en cours de lecture</translation>
    </message>
    <message>
        <source>being read: {done} of {count}</source>
        <translation>en cours de lecture&#xa0;: {done} sur {count}</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>needs its password</source>
        <translation>demande son mot de passe</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>n’a pas pu être lu</translation>
    </message>
    <message numerus="yes">
        <source>%Ln read by OCR</source>
        <translation>
            <numerusform>%Ln lue par OCR</numerusform>
            <numerusform>%Ln lues par OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message>
        <source>away</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>{pages} p</source>
        <translation>{pages} p</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
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
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause the download of {model}</source>
        <translation>Mettre en pause le téléchargement de {model}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Try the download of {model} again</source>
        <translation>Réessayer le téléchargement de {model}</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Resume the download of {model}</source>
        <translation>Reprendre le téléchargement de {model}</translation>
    </message>
    <message>
        <source>Cancel the download of {model}</source>
        <translation>Annuler le téléchargement de {model}</translation>
    </message>
    <message>
        <source>Download of {model}</source>
        <translation>Téléchargement de {model}</translation>
    </message>
</context>
<context>
    <name>DropState</name>
    <message>
        <source>Drop to add to your library</source>
        <translation>Déposez pour ajouter à votre bibliothèque</translation>
    </message>
    <message>
        <source>Your files stay where they are; Phial only reads them. A folder is followed from then on.</source>
        <translation>Vos fichiers restent où ils sont&#xa0;; Phial ne fait que les lire. Un dossier est ensuite suivi.</translation>
    </message>
    <message>
        <source>Drop to ask</source>
        <translation>Déposez pour demander</translation>
    </message>
    <message>
        <source>The text goes into the question; nothing is asked until you send it.</source>
        <translation>Le texte entre dans la question&#xa0;; rien n’est demandé avant que vous ne l’envoyiez.</translation>
    </message>
    <message>
        <source>This isn’t on this computer</source>
        <translation>Cela ne se trouve pas sur cet ordinateur</translation>
    </message>
    <message>
        <source>Phial fetches nothing. Save it as a file on this computer, then drop the file here.</source>
        <translation>Phial ne télécharge rien. Enregistrez-le comme fichier sur cet ordinateur, puis déposez le fichier ici.</translation>
    </message>
</context>
<context>
    <name>EarlierTurns</name>
    <message numerus="yes">
        <source>Show %Ln earlier question(s)</source>
        <translation>
            <numerusform>Afficher %Ln question précédente</numerusform>
            <numerusform>Afficher les %Ln questions précédentes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>Drop files or a folder here</source>
        <translation>Déposez ici des fichiers ou un dossier</translation>
    </message>
    <message>
        <source>PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes. They stay where they are. Phial reads them on this computer, and nowhere else.</source>
        <translation>PDF et numérisations, Word et OpenDocument, diapositives, classeurs, livres, courriels, pages web, images, notes. Ils restent où ils sont. Phial les lit sur cet ordinateur, et nulle part ailleurs.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Ajouter des fichiers…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Suivre un dossier…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>Essayer les exemples</translation>
    </message>
</context>
<context>
    <name>EstimateWords</name>
    <message>
        <source>{time} here</source>
        <translation>{time} ici</translation>
    </message>
    <message>
        <source>{time} for {documents}</source>
        <translation>{time} pour {documents}</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln s</source>
        <translation>
            <numerusform>environ %Ln s</numerusform>
            <numerusform>environ %Ln s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>environ %Ln min</numerusform>
            <numerusform>environ %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>environ %Ln h</numerusform>
            <numerusform>environ %Ln h</numerusform>
        </translation>
    </message>
    <message>
        <source>By how long it took on this computer so far.</source>
        <translation>D’après le temps que cela a pris jusqu’ici sur cet ordinateur.</translation>
    </message>
    <message>
        <source>By what this computer can do; once it was done here, by how long that took.</source>
        <translation>D’après ce que peut cet ordinateur&#xa0;; une fois fait ici, d’après le temps que cela aura pris.</translation>
    </message>
    <message>
        <source>First word: {time}.</source>
        <translation>Premier mot&#xa0;: {time}.</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Passage {number}: {place}</source>
        <translation>Passage {number}&#xa0;: {place}</translation>
    </message>
</context>
<context>
    <name>EvidenceStrip</name>
    <message>
        <source>Passages</source>
        <translation>Passages</translation>
    </message>
    <message>
        <source>Fewer passages</source>
        <translation>Moins de passages</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more passage(s)</source>
        <translation>
            <numerusform>%Ln autre passage</numerusform>
            <numerusform>%Ln autres passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the document</source>
        <translation>Chercher dans le document</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Occurrence précédente</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Occurrence suivante</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Fermer la recherche</translation>
    </message>
    <message>
        <source>Search in the document</source>
        <translation>Recherche dans le document</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} sur {count}</translation>
    </message>
    <message>
        <source>{percent} % looked through</source>
        <translation>{percent} % parcourus</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>{place} of more than {count}</source>
        <translation>{place} sur plus de {count}</translation>
    </message>
</context>
<context>
    <name>FindView</name>
    <message>
        <source>Look again</source>
        <translation>Chercher encore</translation>
    </message>
    <message>
        <source>Find all: {what}</source>
        <translation>Tout trouver&#xa0;: {what}</translation>
    </message>
    <message>
        <source>Looking at every document…</source>
        <translation>Examen de chaque document…</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other document(s)</source>
        <translation>
            <numerusform>%Ln autre document</numerusform>
            <numerusform>%Ln autres documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more document(s)</source>
        <translation>
            <numerusform>Afficher %Ln document de plus</numerusform>
            <numerusform>Afficher %Ln documents de plus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindWords</name>
    <message>
        <source>Looked at {done} of {total} documents</source>
        <translation>{done} documents examinés sur {total}</translation>
    </message>
    <message numerus="yes">
        <source>Found in %Ln document(s)</source>
        <translation>
            <numerusform>Trouvé dans %Ln document</numerusform>
            <numerusform>Trouvé dans %Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>Found in no document</source>
        <translation>Trouvé dans aucun document</translation>
    </message>
    <message>
        <source>{checked} of {total} looked at</source>
        <translation>{checked} examinés sur {total}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Nothing in: {names}</source>
        <translation>Rien dans&#xa0;: {names}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln page attend l’OCR</numerusform>
            <numerusform>%Ln pages attendent l’OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that could not be read</source>
        <translation>
            <numerusform>%Ln page illisible</numerusform>
            <numerusform>%Ln pages illisibles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) that were left unread</source>
        <translation>
            <numerusform>%Ln page laissée non lue</numerusform>
            <numerusform>%Ln pages laissées non lues</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstDocuments</name>
    <message>
        <source>PDFs and scans, Word and OpenDocument, slides, sheets, ebooks, mail, web pages, pictures, notes.</source>
        <translation>PDF et numérisations, Word et OpenDocument, diapositives, tableurs, livres numériques, courriels, pages web, images, notes.</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Ajouter des fichiers…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Suivre un dossier…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>Essayer les exemples</translation>
    </message>
    <message>
        <source>In your library: {documents}</source>
        <translation>Dans votre bibliothèque&#xa0;: {documents}</translation>
    </message>
</context>
<context>
    <name>FirstModel</name>
    <message>
        <source>No Phi fits into the memory of this computer. The passages are found all the same.</source>
        <translation>Aucun Phi ne tient dans la mémoire de cet ordinateur. Les passages sont trouvés malgré tout.</translation>
    </message>
    <message>
        <source>FOUND ON THIS COMPUTER</source>
        <translation>TROUVÉ SUR CET ORDINATEUR</translation>
    </message>
    <message>
        <source>No network here? On a computer that has one, “phial models bundle” writes the model into a folder, on a USB stick for instance. Take it in from there:</source>
        <translation>Pas de réseau ici&#xa0;? Sur un ordinateur qui en a un, «&#xa0;phial models bundle&#xa0;» écrit le modèle dans un dossier, par exemple sur une clé USB. Prenez-le de là&#xa0;:</translation>
    </message>
    <message>
        <source>Take a model from a folder or stick…</source>
        <translation>Prendre un modèle dans un dossier ou sur une clé…</translation>
    </message>
    <message>
        <source>Until it is here, the sentences of your documents that are nearest to a question answer it.</source>
        <translation>En attendant, les phrases de vos documents les plus proches d’une question y répondent.</translation>
    </message>
    <message>
        <source>Until it is here, {model} stands in: a small model. Trust the passages rather than its words.</source>
        <translation>En attendant, {model} le remplace&#xa0;: un petit modèle. Fiez-vous aux passages plutôt qu’à ses mots.</translation>
    </message>
    <message>
        <source>The folder that holds the model</source>
        <translation>Le dossier qui contient le modèle</translation>
    </message>
</context>
<context>
    <name>FirstShortcut</name>
    <message>
        <source>Shortcut</source>
        <translation>Raccourci</translation>
    </message>
    <message>
        <source>Start with the computer, so that it is always there</source>
        <translation>Démarrer avec l’ordinateur, pour qu’il soit toujours là</translation>
    </message>
    <message>
        <source>That was it. From now on it brings the quick question, whichever program you are in.</source>
        <translation>C’était bien lui. Désormais il fait venir la question rapide, quel que soit le programme où vous êtes.</translation>
    </message>
    <message>
        <source>Press it now.</source>
        <translation>Appuyez dessus maintenant.</translation>
    </message>
    <message>
        <source>Ask from the tray menu, or bind “phial quick” to a key in the desktop’s own settings.</source>
        <translation>Posez votre question par le menu de la zone de notification, ou associez «&#xa0;phial quick&#xa0;» à une touche dans les réglages du bureau.</translation>
    </message>
    <message>
        <source>There is no shortcut. Record one below, or do without.</source>
        <translation>Il n’y a pas de raccourci. Enregistrez-en un ci-dessous, ou passez-vous-en.</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>First steps</source>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
    <message>
        <source>Skip these steps</source>
        <translation>Passer ces étapes</translation>
    </message>
    <message>
        <source>A model that writes the answers</source>
        <translation>Un modèle qui écrit les réponses</translation>
    </message>
    <message>
        <source>Phial finds the passages by itself. With a model it also writes an answer below them. This is the one that suits this computer; it is fetched only when you press Download.</source>
        <translation>Phial trouve les passages par lui-même. Avec un modèle, il écrit aussi une réponse en dessous. Voici celui qui convient à cet ordinateur&#xa0;; il n’est téléchargé que si vous appuyez sur Télécharger.</translation>
    </message>
    <message>
        <source>Your documents</source>
        <translation>Vos documents</translation>
    </message>
    <message>
        <source>Drop files or a folder anywhere on this window. They stay where they are: Phial reads them on this computer, and nowhere else.</source>
        <translation>Déposez des fichiers ou un dossier n’importe où sur cette fenêtre. Ils restent où ils sont&#xa0;: Phial les lit sur cet ordinateur, et nulle part ailleurs.</translation>
    </message>
    <message>
        <source>A question from anywhere</source>
        <translation>Une question, où que vous soyez</translation>
    </message>
    <message>
        <source>One shortcut brings a small window over whatever you are doing: ask, read, and go on.</source>
        <translation>Un raccourci fait venir une petite fenêtre par-dessus ce que vous faites&#xa0;: demandez, lisez, continuez.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
</context>
<context>
    <name>FoldBar</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Lecteur</translation>
    </message>
</context>
<context>
    <name>FolderList</name>
    <message>
        <source>Watched folders</source>
        <translation>Dossiers suivis</translation>
    </message>
    <message>
        <source>on a drive that isn’t connected</source>
        <translation>sur un disque qui n’est pas connecté</translation>
    </message>
    <message>
        <source>can’t be read</source>
        <translation>illisible</translation>
    </message>
    <message numerus="yes">
        <source>watched, %Ln document(s)</source>
        <translation>
            <numerusform>suivi, %Ln document</numerusform>
            <numerusform>suivi, %Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>WATCHED FOLDERS</source>
        <translation>DOSSIERS SUIVIS</translation>
    </message>
    <message numerus="yes">
        <source>Watched folders: %Ln</source>
        <translation>
            <numerusform>Dossiers suivis&#xa0;: %Ln</numerusform>
            <numerusform>Dossiers suivis&#xa0;: %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>Déplié</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Replié</translation>
    </message>
    <message>
        <source>Ask only these documents</source>
        <translation>N’interroger que ces documents</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Ne plus suivre</translation>
    </message>
</context>
<context>
    <name>Greeting</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Que souhaitez-vous savoir&#xa0;?</translation>
    </message>
    <message>
        <source>Ask your documents in your own words. The passages come first, the answer is written below them, and every sentence leads to its page.</source>
        <translation>Interrogez vos documents avec vos propres mots. Les passages viennent d’abord, la réponse s’écrit au-dessous, et chaque phrase mène à sa page.</translation>
    </message>
    <message>
        <source>Go on with: {title}</source>
        <translation>Reprendre&#xa0;: {title}</translation>
    </message>
</context>
<context>
    <name>HealthPane</name>
    <message>
        <source>Index health</source>
        <translation>État de l’index</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Tous {count}</translation>
    </message>
    <message>
        <source>To mend {count}</source>
        <translation>À réparer {count}</translation>
    </message>
    <message>
        <source>Looking at every page…</source>
        <translation>Examen de chaque page…</translation>
    </message>
    <message>
        <source>There is no document yet.</source>
        <translation>Il n’y a encore aucun document.</translation>
    </message>
    <message>
        <source>No document has this name.</source>
        <translation>Aucun document ne porte ce nom.</translation>
    </message>
    <message>
        <source>Every page could be read.</source>
        <translation>Toutes les pages ont pu être lues.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>Chercher un document</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Rechercher un document par son nom</translation>
    </message>
    <message>
        <source>Documents and their pages</source>
        <translation>Les documents et leurs pages</translation>
    </message>
</context>
<context>
    <name>HealthWindow</name>
    <message>
        <source>Index health</source>
        <translation>État de l’index</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Search conversations</source>
        <translation>Chercher dans les conversations</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Back to the conversation</source>
        <translation>Retour à la conversation</translation>
    </message>
    <message>
        <source>Delete “{title}”? It can’t be brought back.</source>
        <translation>Supprimer «&#xa0;{title}&#xa0;»&#xa0;? Elle ne pourra pas être récupérée.</translation>
    </message>
    <message>
        <source>No conversation holds these words.</source>
        <translation>Aucune conversation ne contient ces mots.</translation>
    </message>
    <message>
        <source>No conversation yet.</source>
        <translation>Pas encore de conversation.</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Enregistrer…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Supprimer…</translation>
    </message>
</context>
<context>
    <name>IndexingLine</name>
    <message numerus="yes">
        <source>Paused · %Ln document(s) left</source>
        <translation>
            <numerusform>En pause · %Ln document restant</numerusform>
            <numerusform>En pause · %Ln documents restants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reading %Ln document(s)</source>
        <translation>
            <numerusform>Lecture de %Ln document</numerusform>
            <numerusform>Lecture de %Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume reading documents</source>
        <translation>Reprendre la lecture des documents</translation>
    </message>
    <message>
        <source>Pause reading documents</source>
        <translation>Suspendre la lecture des documents</translation>
    </message>
    <message>
        <source>{done} of {count} read</source>
        <translation>{done} sur {count} lus</translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s)</source>
        <translation>
            <numerusform>%Ln page numérisée</numerusform>
            <numerusform>%Ln pages numérisées</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {passages} passages, {pages} pages read</source>
        <translation>{done} passages sur {passages}, {pages} pages lues</translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) waiting for OCR</source>
        <translation>
            <numerusform>%Ln page numérisée en attente d’OCR</numerusform>
            <numerusform>%Ln pages numérisées en attente d’OCR</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepingRow</name>
    <message>
        <source>A backup is one file with the library, the conversations, the collections and the settings. Documents and models are not in it; the texts of the documents are, so keep it as safe as they are.</source>
        <translation>Une sauvegarde est un seul fichier : la bibliothèque, les conversations, les collections et les réglages. Les documents et les modèles n’y sont pas ; les textes des documents, si : gardez-la aussi bien qu’eux.</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sauvegarder…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Restaurer…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sauvegarder</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurer</translation>
    </message>
    <message>
        <source>Restore “{name}”?</source>
        <translation>Restaurer « {name} » ?</translation>
    </message>
    <message>
        <source>The library that is here now is put aside into “backups” in the data folder, and the one in the backup takes its place.</source>
        <translation>La bibliothèque actuelle est mise de côté dans « backups », dans le dossier de données, et celle de la sauvegarde prend sa place.</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Préparation…</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Copying the library</source>
        <translation>Copie de la bibliothèque</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Compression</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>Décompression</translation>
    </message>
    <message>
        <source>Fitting it to this computer</source>
        <translation>Adaptation à cet ordinateur</translation>
    </message>
    <message>
        <source>Backed up as “{name}”</source>
        <translation>Sauvegardé sous « {name} »</translation>
    </message>
    <message numerus="yes">
        <source>It holds %Ln document(s).</source>
        <translation>
            <numerusform>Elle contient %Ln document.</numerusform>
            <numerusform>Elle contient %Ln documents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are not where they were: add the folders that hold them now.</source>
        <translation>
            <numerusform>%Ln fichier n’est plus où il était : ajoutez le dossier qui le contient.</numerusform>
            <numerusform>%Ln fichiers ne sont plus où ils étaient : ajoutez les dossiers qui les contiennent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not on this computer: {models}.</source>
        <translation>Pas sur cet ordinateur : {models}.</translation>
    </message>
    <message>
        <source>The library that was here lies in {folder}.</source>
        <translation>La bibliothèque qui était ici se trouve dans {folder}.</translation>
    </message>
</context>
<context>
    <name>KeyHints</name>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Continue in Phial</source>
        <translation>Continuer dans Phial</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LibraryDocuments</name>
    <message>
        <source>DOCUMENTS</source>
        <translation>DOCUMENTS</translation>
    </message>
    <message>
        <source>No document in “{name}” has this name.</source>
        <translation>Aucun document de «&#xa0;{name}&#xa0;» ne porte ce nom.</translation>
    </message>
    <message>
        <source>No document has this name.</source>
        <translation>Aucun document ne porte ce nom.</translation>
    </message>
    <message>
        <source>“{name}” is empty. Drag documents onto it, or files from anywhere.</source>
        <translation>«&#xa0;{name}&#xa0;» est vide. Faites-y glisser des documents, ou des fichiers de n’importe où.</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Ajouter des documents</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Ajouter des fichiers…</translation>
    </message>
    <message>
        <source>Watch a folder…</source>
        <translation>Suivre un dossier…</translation>
    </message>
</context>
<context>
    <name>LibraryFoot</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Index health</source>
        <translation>État de l’index</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
</context>
<context>
    <name>LibraryFrame</name>
    <message>
        <source>Library</source>
        <translation>Bibliothèque</translation>
    </message>
    <message>
        <source>Search documents</source>
        <translation>Chercher un document</translation>
    </message>
    <message>
        <source>Search documents, collections and folders by name</source>
        <translation>Chercher des documents, des collections et des dossiers par leur nom</translation>
    </message>
</context>
<context>
    <name>LibraryNotice</name>
    <message numerus="yes">
        <source>{names} and %Ln more</source>
        <translation>
            <numerusform>{names} et %Ln autre</numerusform>
            <numerusform>{names} et %Ln autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Find “{document}”</source>
        <translation>Retrouver «&#xa0;{document}&#xa0;»</translation>
    </message>
    <message>
        <source>“{document}” is open</source>
        <translation>«&#xa0;{document}&#xa0;» est ouvert</translation>
    </message>
    <message>
        <source>Watch it again</source>
        <translation>Le suivre de nouveau</translation>
    </message>
    <message>
        <source>“{folder}” is no longer watched</source>
        <translation>«&#xa0;{folder}&#xa0;» n’est plus suivi</translation>
    </message>
    <message>
        <source>Its documents stay in the library.</source>
        <translation>Ses documents restent dans la bibliothèque.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out</source>
        <translation>
            <numerusform>%Ln fichier a été laissé de côté</numerusform>
            <numerusform>%Ln fichiers ont été laissés de côté</numerusform>
        </translation>
    </message>
    <message>
        <source>Phial fetches nothing. Save it as a file on this computer, then drop the file here.</source>
        <translation>Phial ne télécharge rien. Enregistrez-le comme fichier sur cet ordinateur, puis déposez le fichier ici.</translation>
    </message>
    <message>
        <source>This isn’t on this computer</source>
        <translation>Cela ne se trouve pas sur cet ordinateur</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>A backup is being taken in: nothing can be removed now</source>
        <translation>Une sauvegarde est en cours de restauration : rien ne peut être retiré pour l’instant</translation>
    </message>
    <message>
        <source>Remove it when that has ended, or cancel it in the settings.</source>
        <translation>Retirez-le quand elle sera terminée, ou annulez-la dans les réglages.</translation>
    </message>
    <message>
        <source>Conversations that quote it keep their quotes: {titles}</source>
        <translation>Des conversations le citent et gardent leurs citations&#xa0;: {titles}</translation>
    </message>
</context>
<context>
    <name>LibraryPane</name>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Suivre un dossier</translation>
    </message>
</context>
<context>
    <name>LibraryPassword</name>
    <message>
        <source>Its password is remembered in your system’s keyring.</source>
        <translation>Son mot de passe est conservé dans le trousseau de votre système.</translation>
    </message>
</context>
<context>
    <name>LoginRow</name>
    <message>
        <source>Move Phial into the Applications folder first: macOS would not find it again where it is now.</source>
        <translation>Déplacez d’abord Phial dans le dossier Applications : là où il se trouve, macOS ne le retrouverait pas.</translation>
    </message>
    <message>
        <source>The system does not let Phial change this: it stays as it was. The system’s own settings say what starts with the computer.</source>
        <translation>Le système ne laisse pas Phial changer cela&#xa0;: rien n’a changé. Les réglages du système disent ce qui démarre avec l’ordinateur.</translation>
    </message>
</context>
<context>
    <name>LookInsideRow</name>
    <message>
        <source>Search the text for “{words}”</source>
        <translation>Chercher «&#xa0;{words}&#xa0;» dans le texte</translation>
    </message>
</context>
<context>
    <name>Mend</name>
    <message>
        <source>Show the models</source>
        <translation>Afficher les modèles</translation>
    </message>
    <message>
        <source>Show the data folder</source>
        <translation>Afficher le dossier de données</translation>
    </message>
    <message>
        <source>Choose another</source>
        <translation>En choisir un autre</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Enter password</source>
        <translation>Saisir le mot de passe</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Read it after all</source>
        <translation>Lire quand même</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
    <message>
        <source>Open System Settings</source>
        <translation>Ouvrir les Réglages Système</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>Retrouver le fichier…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
</context>
<context>
    <name>ModeBar</name>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>Résumer</translation>
    </message>
    <message>
        <source>Find all</source>
        <translation>Tout trouver</translation>
    </message>
    <message>
        <source>Length of the summary</source>
        <translation>Longueur du résumé</translation>
    </message>
    <message>
        <source>A sentence</source>
        <translation>Une phrase</translation>
    </message>
    <message>
        <source>A paragraph</source>
        <translation>Un paragraphe</translation>
    </message>
    <message>
        <source>A list</source>
        <translation>Une liste</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>Une page</translation>
    </message>
    <message>
        <source>How much of the documents is read</source>
        <translation>Part des documents qui est lue</translation>
    </message>
    <message>
        <source>Every part</source>
        <translation>Chaque partie</translation>
    </message>
    <message>
        <source>Quickly</source>
        <translation>Rapidement</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <source>Language of the summary</source>
        <translation>Langue du résumé</translation>
    </message>
    <message>
        <source>Its own language</source>
        <translation>Sa propre langue</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Use this one</source>
        <translation>Utiliser celui-ci</translation>
    </message>
    <message>
        <source>Use a file I already have…</source>
        <translation>Utiliser un fichier que j’ai déjà…</translation>
    </message>
    <message>
        <source>{size} to download</source>
        <translation>{size} à télécharger</translation>
    </message>
    <message>
        <source>Its size, and what it needs of this computer, are known once it is fetched</source>
        <translation>Sa taille, et ce qu’il demande à cet ordinateur, seront connus une fois qu’il sera téléchargé</translation>
    </message>
    <message>
        <source>Recommended here</source>
        <translation>Recommandé ici</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>Télécharger {model}</translation>
    </message>
    <message>
        <source>Use a file of {model} that I already have</source>
        <translation>Utiliser un fichier de {model} que j’ai déjà</translation>
    </message>
    <message>
        <source>Found in {program}</source>
        <translation>Trouvé dans {program}</translation>
    </message>
    <message>
        <source>A small stand-in until a Phi model is added: trust the passages rather than its words.</source>
        <translation>Un petit remplaçant jusqu’à l’ajout d’un modèle Phi&#xa0;: fiez-vous aux passages plutôt qu’à ses mots.</translation>
    </message>
    <message>
        <source>Answer with {model}</source>
        <translation>Répondre avec {model}</translation>
    </message>
    <message>
        <source>Answers your questions</source>
        <translation>Répond à vos questions</translation>
    </message>
</context>
<context>
    <name>ModelChip</name>
    <message>
        <source>Looking for a model…</source>
        <translation>Recherche d’un modèle…</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Pas encore de modèle</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>remplaçant</translation>
    </message>
    <message>
        <source>A small stand-in until a Phi model is added: trust the passages rather than its words.</source>
        <translation>Un petit remplaçant jusqu’à l’ajout d’un modèle Phi&#xa0;: fiez-vous aux passages plutôt qu’à ses mots.</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Modèle&#xa0;: {model}</translation>
    </message>
    <message>
        <source>asleep, as nobody asked for a while; the next question wakes it</source>
        <translation>en veille, faute de question depuis un moment&#xa0;; la prochaine le réveille</translation>
    </message>
    <message>
        <source>asleep, as other programs needed the memory; the next question wakes it</source>
        <translation>en veille, car d’autres programmes avaient besoin de la mémoire&#xa0;; la prochaine question le réveille</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>pas encore de modèle</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>en veille</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>chargement…</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>écrit</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>No model on this computer yet</source>
        <translation>Pas encore de modèle sur cet ordinateur</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>Obtenir un modèle…</translation>
    </message>
    <message>
        <source>Use a model file (GGUF)…</source>
        <translation>Utiliser un fichier de modèle (GGUF)…</translation>
    </message>
    <message>
        <source>{memory} of memory</source>
        <translation>{memory} de mémoire</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>remplaçant</translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation>trop grand pour cet ordinateur</translation>
    </message>
    <message>
        <source>Use a model file</source>
        <translation>Utiliser un fichier de modèle</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modèles (*.gguf)</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>reads {pages} pages a minute, writes {words} words a second</source>
        <translation>lit {pages} pages par minute, écrit {words} mots par seconde</translation>
    </message>
    <message>
        <source>reads {read} words a second, writes {words}</source>
        <translation>lit {read} mots par seconde, en écrit {words}</translation>
    </message>
    <message>
        <source>{speed} (estimated)</source>
        <translation>{speed} (estimation)</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Convient</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Juste</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>Trop grand</translation>
    </message>
    <message>
        <source>needs {needed} of {total} of memory</source>
        <translation>demande {needed} des {total} de mémoire</translation>
    </message>
    <message>
        <source>{total} of memory, {free} free</source>
        <translation>{total} de mémoire, dont {free} libres</translation>
    </message>
    <message>
        <source>{free} free on disk</source>
        <translation>{free} libres sur le disque</translation>
    </message>
    <message>
        <source>Checking that it arrived whole…</source>
        <translation>Vérification que tout est bien arrivé…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
    <message>
        <source>Paused · {done}</source>
        <translation>En pause · {done}</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} par seconde</translation>
    </message>
    <message>
        <source>connecting to {source}</source>
        <translation>connexion à {source}</translation>
    </message>
    <message>
        <source>from {source}</source>
        <translation>depuis {source}</translation>
    </message>
    <message>
        <source>Use a file I already have</source>
        <translation>Utiliser un fichier que j’ai déjà</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modèles (*.gguf)</translation>
    </message>
</context>
<context>
    <name>ModelsPane</name>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>A model writes the answers; finding the passages needs none. One is fetched only when you press Download, and stays on this computer. Each connection is written down.</source>
        <translation>Un modèle rédige les réponses&#xa0;; trouver les passages n’en demande aucun. Un modèle n’est téléchargé que lorsque vous appuyez sur Télécharger, et reste sur cet ordinateur. Chaque connexion est notée.</translation>
    </message>
    <message>
        <source>ON THIS COMPUTER</source>
        <translation>SUR CET ORDINATEUR</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modèles (*.gguf)</translation>
    </message>
    <message>
        <source>Use a model file</source>
        <translation>Utiliser un fichier de modèle</translation>
    </message>
    <message>
        <source>Models that answer</source>
        <translation>Modèles qui répondent</translation>
    </message>
    <message>
        <source>Use a model file (GGUF)…</source>
        <translation>Utiliser un fichier de modèle (GGUF)…</translation>
    </message>
</context>
<context>
    <name>ModelsView</name>
    <message>
        <source>Looking at this computer…</source>
        <translation>Examen de cet ordinateur…</translation>
    </message>
</context>
<context>
    <name>ModelsWindow</name>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name of the collection</source>
        <translation>Nom de la collection</translation>
    </message>
    <message>
        <source>Name of the new collection</source>
        <translation>Nom de la nouvelle collection</translation>
    </message>
</context>
<context>
    <name>NoteView</name>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>It may be gone, or this system has no program that shows folders. It is {folder}</source>
        <translation>Il n’est peut-être plus là, ou ce système n’a pas de programme qui montre les dossiers. C’est {folder}</translation>
    </message>
    <message>
        <source>The folder can’t be shown</source>
        <translation>Le dossier ne peut pas être montré</translation>
    </message>
    <message>
        <source>It may be gone, or this system has no program for it. It is {file}</source>
        <translation>Il a peut-être disparu, ou ce système n’a pas de programme pour l’ouvrir. C’est {file}</translation>
    </message>
    <message>
        <source>The file can’t be opened</source>
        <translation>Le fichier ne peut pas être ouvert</translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message>
        <source>Your documents could not all be read</source>
        <translation>Vos documents n’ont pas tous pu être lus</translation>
    </message>
    <message>
        <source>Documents are read</source>
        <translation>Les documents sont lus</translation>
    </message>
    <message>
        <source>There is no summary</source>
        <translation>Il n’y a pas de résumé</translation>
    </message>
    <message>
        <source>The summary is ready</source>
        <translation>Le résumé est prêt</translation>
    </message>
    <message>
        <source>Find all did not come to its end</source>
        <translation>«&#xa0;Tout trouver&#xa0;» n’est pas allé jusqu’au bout</translation>
    </message>
    <message>
        <source>Find all has ended</source>
        <translation>«&#xa0;Tout trouver&#xa0;» est terminé</translation>
    </message>
    <message>
        <source>There is no answer</source>
        <translation>Il n’y a pas de réponse</translation>
    </message>
    <message>
        <source>The answer is there</source>
        <translation>La réponse est là</translation>
    </message>
</context>
<context>
    <name>OfflineChip</name>
    <message numerus="yes">
        <source>Offline · %Ln connection(s)</source>
        <translation>
            <numerusform>Hors ligne · %Ln connexion</numerusform>
            <numerusform>Hors ligne · %Ln connexions</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing leaves this computer. Opens the list of every connection ever made.</source>
        <translation>Rien ne quitte cet ordinateur. Ouvre la liste de toutes les connexions jamais établies.</translation>
    </message>
</context>
<context>
    <name>OutlineModel</name>
    <message>
        <source>Page {number}</source>
        <translation>Page {number}</translation>
    </message>
</context>
<context>
    <name>OutlineView</name>
    <message>
        <source>Outline</source>
        <translation>Plan</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>Choose a citation or a document to read it here.</source>
        <translation>Choisissez une citation ou un document pour le lire ici.</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>text</source>
        <translation>texte</translation>
    </message>
    <message>
        <source>read by OCR, paler where it was less sure</source>
        <translation>lu par OCR, plus pâle où la lecture est moins sûre</translation>
    </message>
    <message>
        <source>waiting for OCR</source>
        <translation>en attente d’OCR</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>left unread</source>
        <translation>laissée non lue</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>en échec</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
</context>
<context>
    <name>PasswordBar</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>“{document}” needs its password</source>
        <translation>«&#xa0;{document}&#xa0;» demande son mot de passe</translation>
    </message>
    <message>
        <source>Password of {document}</source>
        <translation>Mot de passe de {document}</translation>
    </message>
    <message>
        <source>It goes into your system’s keyring, or only into memory where there is none; into no file.</source>
        <translation>Il va dans le trousseau de votre système ou, à défaut, seulement en mémoire&#xa0;; dans aucun fichier.</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Essai en cours…</translation>
    </message>
    <message>
        <source>Show what is written</source>
        <translation>Afficher la saisie</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>part {number}</source>
        <translation>partie {number}</translation>
    </message>
    <message>
        <source>sheet {name}</source>
        <translation>feuille {name}</translation>
    </message>
    <message>
        <source>also in {documents}</source>
        <translation>aussi dans {documents}</translation>
    </message>
    <message>
        <source>read by OCR, {percent} %</source>
        <translation>lu par OCR, {percent} %</translation>
    </message>
    <message>
        <source>slide {number}</source>
        <translation>diapositive {number}</translation>
    </message>
    <message>
        <source>sheet {number}</source>
        <translation>feuille {number}</translation>
    </message>
    <message>
        <source>chapter {number}</source>
        <translation>chapitre {number}</translation>
    </message>
    <message>
        <source>message {number}</source>
        <translation>message {number}</translation>
    </message>
    <message>
        <source>page {number}</source>
        <translation>page {number}</translation>
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
            <numerusform>%Ln diapositive</numerusform>
            <numerusform>%Ln diapositives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sheet(s)</source>
        <translation>
            <numerusform>%Ln feuille</numerusform>
            <numerusform>%Ln feuilles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chapter(s)</source>
        <translation>
            <numerusform>%Ln chapitre</numerusform>
            <numerusform>%Ln chapitres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln partie</numerusform>
            <numerusform>%Ln parties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s)</source>
        <translation>
            <numerusform>%Ln page</numerusform>
            <numerusform>%Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortalHotkey</name>
    <message>
        <source>Ask a question over any program</source>
        <translation>Poser une question par-dessus tout programme</translation>
    </message>
</context>
<context>
    <name>QuestionBubble</name>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Edit the question and ask it again</source>
        <translation>Modifier la question et la reposer</translation>
    </message>
</context>
<context>
    <name>QuickAskWindow</name>
    <message>
        <source>Ask Phial</source>
        <translation>Demander à Phial</translation>
    </message>
    <message>
        <source>Looking for passages…</source>
        <translation>Recherche de passages…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Rédaction…</translation>
    </message>
</context>
<context>
    <name>QuickCard</name>
    <message>
        <source>Your documents don’t seem to hold an answer to this question.</source>
        <translation>Vos documents ne semblent pas contenir de réponse à cette question.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Ask your documents…</source>
        <translation>Interrogez vos documents…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Enter asks, the arrows choose a passage, Escape closes.</source>
        <translation>Entrée demande, les flèches choisissent un passage, Échap ferme.</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>All documents are asked.</source>
        <translation>Tous les documents sont interrogés.</translation>
    </message>
</context>
<context>
    <name>QuickRow</name>
    <message>
        <source>Passage {number}: {place}</source>
        <translation>Passage {number}&#xa0;: {place}</translation>
    </message>
</context>
<context>
    <name>ReaderDeeds</name>
    <message>
        <source>No program on this computer opens this file.</source>
        <translation>Aucun programme de cet ordinateur n’ouvre ce fichier.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy with its place</source>
        <translation>Copier avec sa référence</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>Poser une question là-dessus</translation>
    </message>
    <message>
        <source>Select all of the page</source>
        <translation>Sélectionner toute la page</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Faire pivoter les pages</translation>
    </message>
</context>
<context>
    <name>ReaderFoot</name>
    <message>
        <source>Smaller</source>
        <translation>Plus petit</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Plus grand</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Faire pivoter les pages</translation>
    </message>
    <message>
        <source>Copy the quote</source>
        <translation>Copier la citation</translation>
    </message>
    <message>
        <source>Open in the system’s viewer</source>
        <translation>Ouvrir avec le programme du système</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>Size of the page</source>
        <translation>Taille de la page</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Ajuster à la largeur</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Page entière</translation>
    </message>
    <message>
        <source>As large as on paper</source>
        <translation>Taille du papier</translation>
    </message>
    <message>
        <source>The window’s own size of text</source>
        <translation>Taille de texte de la fenêtre</translation>
    </message>
</context>
<context>
    <name>ReaderFrame</name>
    <message>
        <source>Reader</source>
        <translation>Lecteur</translation>
    </message>
</context>
<context>
    <name>ReaderHead</name>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pages, plan et citations</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Chercher dans le document</translation>
    </message>
    <message>
        <source>Page number</source>
        <translation>Numéro de page</translation>
    </message>
    <message>
        <source>Previous citation</source>
        <translation>Citation précédente</translation>
    </message>
    <message>
        <source>Next citation</source>
        <translation>Citation suivante</translation>
    </message>
    <message>
        <source>Close the reader</source>
        <translation>Fermer le lecteur</translation>
    </message>
    <message>
        <source>Printed page number: {label}</source>
        <translation>Numéro de page imprimé&#xa0;: {label}</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} sur {count}</translation>
    </message>
</context>
<context>
    <name>ReaderPane</name>
    <message>
        <source>Fetching the page…</source>
        <translation>Recherche de la page…</translation>
    </message>
    <message>
        <source>This document has not been read yet.</source>
        <translation>Ce document n’a pas encore été lu.</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Page {page} sur {pages}</translation>
    </message>
</context>
<context>
    <name>ReaderStrip</name>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pages, plan et citations</translation>
    </message>
    <message>
        <source>Citations</source>
        <translation>Citations</translation>
    </message>
    <message>
        <source>No answer has led here.</source>
        <translation>Aucune réponse n’a mené ici.</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>This document has neither an outline nor headings.</source>
        <translation>Ce document n’a ni plan ni titres.</translation>
    </message>
    <message>
        <source>Only the beginning of a very long outline is shown.</source>
        <translation>Seul le début d’un plan très long est affiché.</translation>
    </message>
</context>
<context>
    <name>ReaderTrouble</name>
    <message>
        <source>Close the reader</source>
        <translation>Fermer le lecteur</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Le relire</translation>
    </message>
    <message>
        <source>Enter its password…</source>
        <translation>Saisir son mot de passe…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Remove from Phial</source>
        <translation>Retirer de Phial</translation>
    </message>
    <message>
        <source>It is being read again. Open it from the library once it is ready.</source>
        <translation>Il est en cours de relecture. Ouvrez-le depuis la bibliothèque quand il sera prêt.</translation>
    </message>
</context>
<context>
    <name>Removing</name>
    <message>
        <source>“{document}” removed from Phial (the file stays)</source>
        <translation>«&#xa0;{document}&#xa0;» retiré de Phial (le fichier reste)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) removed from Phial (the files stay)</source>
        <translation>
            <numerusform>%Ln document retiré de Phial (les fichiers restent)</numerusform>
            <numerusform>%Ln documents retirés de Phial (les fichiers restent)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scanned page(s) were left unread</source>
        <translation>
            <numerusform>%Ln page numérisée a été laissée non lue</numerusform>
            <numerusform>%Ln pages numérisées ont été laissées non lues</numerusform>
        </translation>
    </message>
    <message>
        <source>“{document}”, which had not been read, was left out (the file stays)</source>
        <translation>«&#xa0;{document}&#xa0;», qui n’avait pas été lu, a été laissé de côté (le fichier reste)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln document(s) that had not been read were left out (the files stay)</source>
        <translation>
            <numerusform>%Ln document qui n’avait pas été lu a été laissé de côté (le fichier reste)</numerusform>
            <numerusform>%Ln documents qui n’avaient pas été lus ont été laissés de côté (les fichiers restent)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavingNotice</name>
    <message>
        <source>Save the conversation</source>
        <translation>Enregistrer la conversation</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Enregistrer la réponse</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Enregistré sous «&#xa0;{name}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>ScopeChips</name>
    <message numerus="yes">
        <source>%Ln document(s)</source>
        <translation>
            <numerusform>%Ln document</numerusform>
            <numerusform>%Ln documents</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: click to ask everything again</source>
        <translation>{name}&#xa0;: cliquez pour interroger de nouveau tous les documents</translation>
    </message>
    <message>
        <source>Limited to {name}, press to lift</source>
        <translation>Limité à {name}, appuyez pour lever la limite</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Length of answers</source>
        <translation>Longueur des réponses</translation>
    </message>
    <message>
        <source>How strictly answers keep to the documents</source>
        <translation>Fidélité des réponses aux documents</translation>
    </message>
    <message>
        <source>Language of answers</source>
        <translation>Langue des réponses</translation>
    </message>
    <message>
        <source>Memory for passages already read</source>
        <translation>Mémoire pour les passages déjà lus</translation>
    </message>
    <message>
        <source>Disk space for passages already read</source>
        <translation>Disque pour les passages déjà lus</translation>
    </message>
    <message>
        <source>Read likely passages ahead</source>
        <translation>Lire d’avance les passages probables</translation>
    </message>
    <message>
        <source>Reuse passages already read</source>
        <translation>Réutiliser les passages déjà lus</translation>
    </message>
    <message>
        <source>Seconds to the first word</source>
        <translation>Secondes jusqu’au premier mot</translation>
    </message>
    <message>
        <source>Seconds until the model rests</source>
        <translation>Secondes avant le repos du modèle</translation>
    </message>
    <message>
        <source>Tokens that the model holds</source>
        <translation>Jetons que le modèle retient</translation>
    </message>
    <message>
        <source>Where models come from</source>
        <translation>D’où viennent les modèles</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Toujours</translation>
    </message>
    <message>
        <source>On mains power</source>
        <translation>Sur secteur</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Courte</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Longue</translation>
    </message>
    <message>
        <source>Strictly</source>
        <translation>Stricte</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Équilibrée</translation>
    </message>
    <message>
        <source>Freely</source>
        <translation>Librement</translation>
    </message>
    <message>
        <source>As the question</source>
        <translation>Celle de la question</translation>
    </message>
    <message>
        <source>As is safe</source>
        <translation>Ce qui est sûr</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Default</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>Default for {setting}</source>
        <translation>Valeur par défaut de {setting}</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Rien n’a été modifié.</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>ANSWERS</source>
        <translation>RÉPONSES</translation>
    </message>
    <message>
        <source>PERFORMANCE AND BATTERY</source>
        <translation>PERFORMANCES ET BATTERIE</translation>
    </message>
    <message>
        <source>CONNECTIONS</source>
        <translation>CONNEXIONS</translation>
    </message>
    <message>
        <source>The backup was restored</source>
        <translation>La sauvegarde a été restaurée</translation>
    </message>
    <message>
        <source>APPEARANCE</source>
        <translation>APPARENCE</translation>
    </message>
    <message>
        <source>QUICK QUESTION</source>
        <translation>QUESTION RAPIDE</translation>
    </message>
    <message>
        <source>STARTING AND CLOSING</source>
        <translation>DÉMARRER ET FERMER</translation>
    </message>
    <message>
        <source>DATA FOLDER</source>
        <translation>DOSSIER DES DONNÉES</translation>
    </message>
    <message>
        <source>It holds the library, the models and these settings, and no document of yours. To have it elsewhere, quit Phial, move it, and start Phial with PHIAL_HOME set to its new place.</source>
        <translation>Il contient la bibliothèque, les modèles et ces réglages, et aucun de vos documents. Pour l’avoir ailleurs, quittez Phial, déplacez-le, puis démarrez Phial avec PHIAL_HOME réglé sur son nouvel emplacement.</translation>
    </message>
    <message>
        <source>ABOUT</source>
        <translation>À PROPOS</translation>
    </message>
    <message>
        <source>About Phial, and licences…</source>
        <translation>À propos de Phial, et licences…</translation>
    </message>
    <message>
        <source>Show the first steps again</source>
        <translation>Revoir les premiers pas</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Clair ou sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Raccourci</translation>
    </message>
    <message>
        <source>Show every connection…</source>
        <translation>Afficher toutes les connexions…</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>Démarrer avec l’ordinateur</translation>
    </message>
    <message>
        <source>Stay in the tray when the window is closed</source>
        <translation>Rester dans la zone de notification quand la fenêtre est fermée</translation>
    </message>
    <message>
        <source>Tell me when something long has ended and Phial is not in front</source>
        <translation>Me prévenir quand une longue tâche est terminée et que Phial n’est pas au premier plan</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Afficher dans le dossier</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Closing the window leaves Phial in the tray, and what is under way goes on.</source>
        <translation>Fermer la fenêtre laisse Phial dans la zone de notification, et ce qui est en cours continue.</translation>
    </message>
    <message>
        <source>Phial goes on</source>
        <translation>Phial continue</translation>
    </message>
</context>
<context>
    <name>ShortcutField</name>
    <message>
        <source>No shortcut</source>
        <translation>Aucun raccourci</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>It needs one key with Ctrl, Alt or Meta, or a function key.</source>
        <translation>Il faut une touche avec Ctrl, Alt ou Meta, ou une touche de fonction.</translation>
    </message>
    <message>
        <source>Use {shortcut} instead</source>
        <translation>Utiliser {shortcut} à la place</translation>
    </message>
    <message>
        <source>This desktop gives no program such a key. Bind “phial quick” to one in its own settings.</source>
        <translation>Ce bureau ne donne une telle touche à aucun programme. Associez-y «&#xa0;phial quick&#xa0;» dans ses propres réglages.</translation>
    </message>
    <message>
        <source>This desktop decides which key it is, and asks you.</source>
        <translation>Ce bureau décide de la touche et vous le demande.</translation>
    </message>
    <message>
        <source>Brings the quick question over any program. Empty the field to have none.</source>
        <translation>Ouvre la question rapide par-dessus tout programme. Videz le champ pour n’en avoir aucun.</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis</translation>
    </message>
    <message>
        <source>Show the first steps again</source>
        <translation>Revoir les premiers pas</translation>
    </message>
    <message>
        <source>EVERYWHERE</source>
        <translation>PARTOUT</translation>
    </message>
    <message>
        <source>Go to the next pane, or back</source>
        <translation>Aller au volet suivant ou précédent</translation>
    </message>
    <message>
        <source>Search documents by name</source>
        <translation>Chercher un document par son nom</translation>
    </message>
    <message>
        <source>Search the documents for what was typed there</source>
        <translation>Chercher dans les documents ce qui y est écrit</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>Chercher dans les conversations</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>Save the conversation as PDF, Word or Markdown</source>
        <translation>Enregistrer la conversation en PDF, Word ou Markdown</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Show what was read of every page</source>
        <translation>Montrer ce qui a été lu de chaque page</translation>
    </message>
    <message>
        <source>Show the models, and get one</source>
        <translation>Montrer les modèles et en obtenir un</translation>
    </message>
    <message>
        <source>Show what is under way</source>
        <translation>Afficher ce qui est en cours</translation>
    </message>
    <message>
        <source>Show the settings</source>
        <translation>Montrer les réglages</translation>
    </message>
    <message>
        <source>Stop the answer, or back out</source>
        <translation>Arrêter la réponse ou revenir en arrière</translation>
    </message>
    <message>
        <source>Show this list</source>
        <translation>Afficher cette liste</translation>
    </message>
    <message>
        <source>Close Phial</source>
        <translation>Fermer Phial</translation>
    </message>
    <message>
        <source>QUESTION</source>
        <translation>QUESTION</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Begin a new line</source>
        <translation>Commencer une nouvelle ligne</translation>
    </message>
    <message>
        <source>Go on in the window with a quick question</source>
        <translation>Poursuivre dans la fenêtre avec une question rapide</translation>
    </message>
    <message>
        <source>Go to the question before, or the next</source>
        <translation>Aller à la question précédente, ou à la suivante</translation>
    </message>
    <message>
        <source>LISTS</source>
        <translation>LISTES</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Rename a conversation or a collection</source>
        <translation>Renommer une conversation ou une collection</translation>
    </message>
    <message>
        <source>Remove a document, or delete a collection or a conversation</source>
        <translation>Retirer un document, ou supprimer une collection ou une conversation</translation>
    </message>
    <message>
        <source>Bring back what was just removed</source>
        <translation>Rétablir ce qui vient d’être retiré</translation>
    </message>
    <message>
        <source>Select all documents</source>
        <translation>Sélectionner tous les documents</translation>
    </message>
    <message>
        <source>Show what can be done with it</source>
        <translation>Afficher ce qu’on peut en faire</translation>
    </message>
    <message>
        <source>Add the files that were copied</source>
        <translation>Ajouter les fichiers copiés</translation>
    </message>
    <message>
        <source>READER</source>
        <translation>LECTEUR</translation>
    </message>
    <message>
        <source>Next citation, or the one before</source>
        <translation>Citation suivante ou précédente</translation>
    </message>
    <message>
        <source>Larger, or smaller</source>
        <translation>Agrandir ou réduire</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Ajuster à la largeur</translation>
    </message>
    <message>
        <source>Fit the whole page</source>
        <translation>Page entière</translation>
    </message>
    <message>
        <source>As large as on paper</source>
        <translation>Taille du papier</translation>
    </message>
    <message>
        <source>Turn the pages</source>
        <translation>Faire pivoter les pages</translation>
    </message>
    <message>
        <source>Pages, outline and citations</source>
        <translation>Pages, plan et citations</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Chercher dans le document</translation>
    </message>
    <message>
        <source>Next hit, or the one before</source>
        <translation>Occurrence suivante ou précédente</translation>
    </message>
    <message>
        <source>Select all of the page</source>
        <translation>Sélectionner toute la page</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy with its place</source>
        <translation>Copier avec sa référence</translation>
    </message>
    <message>
        <source>Ask about what is selected</source>
        <translation>Poser une question sur la sélection</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>The other way round</source>
        <translation>Dans l’ordre inverse</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>Ordre&#xa0;: {order}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Date added</source>
        <translation>Date d’ajout</translation>
    </message>
    <message>
        <source>Date of the document</source>
        <translation>Date du document</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Searching by meaning…</source>
        <translation>Recherche par le sens…</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>Chargement de {model}…</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>le modèle</translation>
    </message>
    <message>
        <source>Reading the passages…</source>
        <translation>Lecture des passages…</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>En cours…</translation>
    </message>
</context>
<context>
    <name>StepDots</name>
    <message>
        <source>Step {step} of {count}</source>
        <translation>Étape {step} sur {count}</translation>
    </message>
</context>
<context>
    <name>StripWords</name>
    <message numerus="yes">
        <source>%Ln page(s) of text</source>
        <translation>
            <numerusform>%Ln page de texte</numerusform>
            <numerusform>%Ln pages de texte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with text</source>
        <translation>
            <numerusform>%Ln avec du texte</numerusform>
            <numerusform>%Ln avec du texte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln by OCR</source>
        <translation>
            <numerusform>%Ln par OCR</numerusform>
            <numerusform>%Ln par OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for OCR</source>
        <translation>
            <numerusform>%Ln en attente d’OCR</numerusform>
            <numerusform>%Ln en attente d’OCR</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln empty</source>
        <translation>
            <numerusform>%Ln vide</numerusform>
            <numerusform>%Ln vides</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left unread</source>
        <translation>
            <numerusform>%Ln laissée non lue</numerusform>
            <numerusform>%Ln laissées non lues</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln en échec</numerusform>
            <numerusform>%Ln en échec</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SummaryView</name>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>Sum up again</source>
        <translation>Résumer encore</translation>
    </message>
    <message>
        <source>Looking at the documents…</source>
        <translation>Examen des documents…</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept: the same goes on from there.</source>
        <translation>Arrêté. Ce qui a été lu est gardé&#xa0;: la même demande reprend là.</translation>
    </message>
    <message>
        <source>Compare {what}</source>
        <translation>Comparer {what}</translation>
    </message>
    <message>
        <source>Summarise {what}</source>
        <translation>Résumer {what}</translation>
    </message>
    <message>
        <source>The summary is there.</source>
        <translation>Le résumé est prêt.</translation>
    </message>
    <message>
        <source>Choosing the sentences that carry it</source>
        <translation>Choix des phrases essentielles</translation>
    </message>
    <message>
        <source>Reading {document}</source>
        <translation>Lecture de {document}</translation>
    </message>
    <message>
        <source>Putting it together</source>
        <translation>Assemblage</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>Traduction</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>part {done} of {parts}</source>
        <translation>partie {done} sur {parts}</translation>
    </message>
</context>
<context>
    <name>SummaryWords</name>
    <message numerus="yes">
        <source>%Ln document(s) looked at from the first page to the last</source>
        <translation>
            <numerusform>%Ln document parcouru de la première à la dernière page</numerusform>
            <numerusform>%Ln documents parcourus de la première à la dernière page</numerusform>
        </translation>
    </message>
    <message>
        <source>{document}: {covered} of {pages} pages looked at</source>
        <translation>{document}&#xa0;: {covered} pages examinées sur {pages}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln page(s) without text yet</source>
        <translation>
            <numerusform>%Ln page encore sans texte</numerusform>
            <numerusform>%Ln pages encore sans texte</numerusform>
        </translation>
    </message>
    <message>
        <source>The documents share no sections and no central words to be compared by. Compare them once more, and write what interests you.</source>
        <translation>Les documents n’ont en commun ni sections ni mots centraux à comparer. Comparez-les encore une fois, en écrivant ce qui vous intéresse.</translation>
    </message>
    <message>
        <source>Not kept among the conversations: {why} Save it as a file, or copy it.</source>
        <translation>Non conservé parmi les conversations : {why} Enregistrez-le dans un fichier, ou copiez-le.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{percent} % of the words</source>
        <translation>{percent} % des mots</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unsupported sentence(s) left out</source>
        <translation>
            <numerusform>%Ln phrase sans appui omise</numerusform>
            <numerusform>%Ln phrases sans appui omises</numerusform>
        </translation>
    </message>
    <message>
        <source>the documents’ own sentences</source>
        <translation>les phrases des documents</translation>
    </message>
</context>
<context>
    <name>SupportLegend</name>
    <message numerus="yes">
        <source>%Ln sentence(s) marked so: nothing in the passages says the same. Check before you rely on it.</source>
        <translation>
            <numerusform>%Ln phrase ainsi marquée&#xa0;: rien dans les passages ne dit la même chose. Vérifiez avant de vous y fier.</numerusform>
            <numerusform>%Ln phrases ainsi marquées&#xa0;: rien dans les passages ne dit la même chose. Vérifiez avant de vous y fier.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThumbnailList</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>Page {label}</source>
        <translation>Page {label}</translation>
    </message>
    <message>
        <source>{page}, cited</source>
        <translation>{page}, citée</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Phial</source>
        <translation>Ouvrir Phial</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>Poser une question</translation>
    </message>
    <message>
        <source>Pause reading documents</source>
        <translation>Suspendre la lecture des documents</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Réglages…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Resume reading documents</source>
        <translation>Reprendre la lecture des documents</translation>
    </message>
</context>
<context>
    <name>TrayRow</name>
    <message>
        <source>Phial finds no tray on this desktop: closing the window quits Phial.</source>
        <translation>Phial ne trouve pas de zone de notification sur ce bureau&#xa0;: fermer la fenêtre, c’est quitter Phial.</translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>All is well again: what was under way goes on.</source>
        <translation>Tout va de nouveau bien&#xa0;: ce qui était en cours continue.</translation>
    </message>
</context>
<context>
    <name>TroubleCard</name>
    <message>
        <source>Copy details</source>
        <translation>Copier les détails</translation>
    </message>
</context>
<context>
    <name>TurnColumn</name>
    <message>
        <source>Questions and answers</source>
        <translation>Questions et réponses</translation>
    </message>
</context>
<context>
    <name>TurnView</name>
    <message>
        <source>Ask again</source>
        <translation>Redemander</translation>
    </message>
    <message>
        <source>Get a model…</source>
        <translation>Obtenir un modèle…</translation>
    </message>
    <message>
        <source>Looking for passages…</source>
        <translation>Recherche de passages…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s) found</source>
        <translation>
            <numerusform>%Ln passage trouvé</numerusform>
            <numerusform>%Ln passages trouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message>
        <source>Nearest sentences</source>
        <translation>Phrases les plus proches</translation>
    </message>
    <message>
        <source>Your documents don’t seem to hold an answer to this question.</source>
        <translation>Vos documents ne semblent pas contenir de réponse à cette question.</translation>
    </message>
    <message>
        <source>These sentences are nearest to it:</source>
        <translation>Voici les phrases qui s’en approchent le plus&#xa0;:</translation>
    </message>
    <message>
        <source>The nearest passages are above.</source>
        <translation>Les passages les plus proches sont ci-dessus.</translation>
    </message>
    <message>
        <source>Understood as: {question}</source>
        <translation>Question comprise ainsi&#xa0;: {question}</translation>
    </message>
    <message>
        <source>The model’s own words found no support: this is the nearest sentence instead.</source>
        <translation>Les mots du modèle n’ont trouvé aucun appui&#xa0;: voici à la place la phrase la plus proche.</translation>
    </message>
    <message>
        <source>No model is installed: this is the nearest sentence of your documents.</source>
        <translation>Aucun modèle n’est installé&#xa0;: voici la phrase la plus proche de vos documents.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passage</numerusform>
            <numerusform>%Ln passages</numerusform>
        </translation>
    </message>
    <message>
        <source>first word {seconds} s</source>
        <translation>premier mot {seconds} s</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} tokens/s</translation>
    </message>
    <message>
        <source>{model}, a stand-in</source>
        <translation>{model}, un remplaçant</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Removed</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>UpdateRow</name>
    <message>
        <source>Look for a new version…</source>
        <translation>Chercher une nouvelle version…</translation>
    </message>
    <message>
        <source>Fetch it</source>
        <translation>La télécharger</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <source>Phial {version} from {host} · {done} of {size}</source>
        <translation>Phial {version} depuis {host} · {done} sur {size}</translation>
    </message>
    <message>
        <source>Phial {version} is here, and is what was signed</source>
        <translation>Phial {version} est là, et c’est bien ce qui a été signé</translation>
    </message>
    <message>
        <source>Phial does not run it. Quit Phial, then open {file}.</source>
        <translation>Phial ne le lance pas. Quittez Phial, puis ouvrez {file}.</translation>
    </message>
    <message>
        <source>Phial {version} is the newest version, as {host} says.</source>
        <translation>Phial {version} est la dernière version, selon {host}.</translation>
    </message>
    <message>
        <source>Phial {version} of {day} is there.</source>
        <translation>Phial {version} du {day} est disponible.</translation>
    </message>
    <message>
        <source>To be fetched: {file} ({size}) from {host}.</source>
        <translation>À télécharger : {file} ({size}) depuis {host}.</translation>
    </message>
    <message>
        <source>It has no installer for this computer.</source>
        <translation>Elle n’a pas d’installateur pour cet ordinateur.</translation>
    </message>
</context>
</TS>
