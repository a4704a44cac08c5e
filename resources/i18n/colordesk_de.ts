<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>About</name>
    <message>
        <source>About ColorDesk</source>
        <translation>Über ColorDesk</translation>
    </message>
    <message>
        <source>ColorDesk</source>
        <translation>ColorDesk</translation>
    </message>
    <message>
        <source>ColorDesk {version}</source>
        <translation>ColorDesk {version}</translation>
    </message>
    <message>
        <source>Brings colour back to old photographs.</source>
        <translation>Gibt alten Fotografien ihre Farbe zurück.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.
Colours are a good guess of a model, not a record of what was.</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0.
Die Farben sind die gute Schätzung eines Modells, kein Zeugnis dessen, was war.</translation>
    </message>
</context>
<context>
    <name>AreasPanel</name>
    <message>
        <source>Brush over an area</source>
        <translation>Bereich mit dem Pinsel malen</translation>
    </message>
    <message>
        <source>Paint where there is to be less colour, or none (B)</source>
        <translation>Malen, wo weniger oder keine Farbe sein soll (B)</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Width of the brush.</source>
        <translation>Breite des Pinsels.</translation>
    </message>
    <message>
        <source>Rub out</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Take away from the area instead of adding to it</source>
        <translation>Vom Bereich wegnehmen, statt hinzuzufügen</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Remove all areas</source>
        <translation>Alle Bereiche entfernen</translation>
    </message>
    <message>
        <source>Strength inside</source>
        <translation>Stärke darin</translation>
    </message>
    <message>
        <source>From the gray photo to full colour.</source>
        <translation>Vom grauen Foto bis zur vollen Farbe.</translation>
    </message>
    <message>
        <source>Saturation inside</source>
        <translation>Sättigung darin</translation>
    </message>
    <message>
        <source>How vivid the colours are.</source>
        <translation>Wie kräftig die Farben sind.</translation>
    </message>
    <message>
        <source>Soft rim</source>
        <translation>Weicher Rand</translation>
    </message>
    <message>
        <source>How gently the area ends.</source>
        <translation>Wie sanft der Bereich ausläuft.</translation>
    </message>
    <message>
        <source>Keep the original</source>
        <translation>Original behalten</translation>
    </message>
    <message>
        <source>The photo&apos;s own pixels, with any colour that they have</source>
        <translation>Die eigenen Pixel des Fotos, mit ihrer Farbe, falls sie eine haben</translation>
    </message>
    <message>
        <source>Another area</source>
        <translation>Weiterer Bereich</translation>
    </message>
    <message>
        <source>Remove this area</source>
        <translation>Diesen Bereich entfernen</translation>
    </message>
    <message>
        <source>Area {number}</source>
        <translation>Bereich {number}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Dismiss (Esc)</source>
        <translation>Ausblenden (Esc)</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Nachricht ausblenden</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Queue photos</source>
        <translation>Fotos einreihen</translation>
    </message>
    <message>
        <source>All photos in {name}</source>
        <translation>Alle Fotos in {name}</translation>
    </message>
    <message>
        <source>{count} photos</source>
        <translation>{count} Fotos</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>In one folder</source>
        <translation>In einen Ordner</translation>
    </message>
    <message>
        <source>Beside each photo</source>
        <translation>Neben jedes Foto</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders inside it as well</source>
        <translation>Auch die Ordner darin</translation>
    </message>
    <message>
        <source>Keep the tree of folders</source>
        <translation>Ordnerstruktur beibehalten</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>{name}, {folder}, {number} and {date} stand for what they say.</source>
        <translation>Statt {name}, {folder}, {number} und {date} werden Name, Ordner, Nummer und Datum eingesetzt.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>Wie das jeweilige Foto</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Higher keeps more and takes more room.</source>
        <translation>Ein höherer Wert erhält mehr und braucht mehr Platz.</translation>
    </message>
    <message>
        <source>Results that are there already</source>
        <translation>Schon vorhandene Ergebnisse</translation>
    </message>
    <message>
        <source>Keep them, pass over the photo</source>
        <translation>Behalten und das Foto übergehen</translation>
    </message>
    <message>
        <source>Replace them</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Photos with colours of their own</source>
        <translation>Fotos, die schon Farben haben</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>So lassen, wie sie sind</translation>
    </message>
    <message>
        <source>Colour them, too</source>
        <translation>Ebenfalls kolorieren</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Results that exist</source>
        <translation>Vorhandene Ergebnisse</translation>
    </message>
    <message>
        <source>Colour photos</source>
        <translation>Farbfotos</translation>
    </message>
    <message>
        <source>Put the results into this folder</source>
        <translation>Ergebnisse in diesen Ordner legen</translation>
    </message>
    <message>
        <source>Choose a folder for the results.</source>
        <translation>Einen Ordner für die Ergebnisse wählen.</translation>
    </message>
    <message>
        <source>{name} is a file, not a folder.</source>
        <translation>{name} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
        <source>For example: {name}</source>
        <translation>Zum Beispiel: {name}</translation>
    </message>
    <message>
        <source>{fields} may stand in it.</source>
        <translation>Darin dürfen {fields} stehen.</translation>
    </message>
</context>
<context>
    <name>Batching</name>
    <message>
        <source>Queue all photos of a folder</source>
        <translation>Alle Fotos eines Ordners einreihen</translation>
    </message>
    <message>
        <source>Page with pictures (*.html)</source>
        <translation>Seite mit Bildern (*.html)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Data (*.json)</source>
        <translation>Daten (*.json)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>{count} coloured</source>
        <translation>{count} koloriert</translation>
    </message>
    <message>
        <source>{count} passed over</source>
        <translation>{count} übergangen</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} fehlgeschlagen</translation>
    </message>
    <message>
        <source>The batch {title} is done: {parts}.</source>
        <translation>Der Stapel {title} ist fertig: {parts}.</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
</context>
<context>
    <name>BlindPage</name>
    <message>
        <source>Left picture</source>
        <translation>Linkes Bild</translation>
    </message>
    <message>
        <source>Right picture</source>
        <translation>Rechtes Bild</translation>
    </message>
    <message>
        <source>Left  (←)</source>
        <translation>Links  (←)</translation>
    </message>
    <message>
        <source>Right  (→)</source>
        <translation>Rechts  (→)</translation>
    </message>
    <message>
        <source>Skip  (Space)</source>
        <translation>Überspringen  (Leertaste)</translation>
    </message>
    <message>
        <source>Show the result  (Esc)</source>
        <translation>Ergebnis zeigen  (Esc)</translation>
    </message>
    <message>
        <source>Show each pair for one second only</source>
        <translation>Jedes Paar nur eine Sekunde lang zeigen</translation>
    </message>
    <message>
        <source>As in the test of Zhang, Isola and Efros 2016</source>
        <translation>Wie im Test von Zhang, Isola und Efros 2016</translation>
    </message>
    <message>
        <source>Result of the blind test</source>
        <translation>Ergebnis des Blindtests</translation>
    </message>
    <message>
        <source>Go on testing</source>
        <translation>Weiter testen</translation>
    </message>
    <message>
        <source>Back to the comparison</source>
        <translation>Zurück zum Vergleich</translation>
    </message>
    <message>
        <source>The next pair is on its way…</source>
        <translation>Das nächste Paar ist unterwegs…</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>{taken} of {trials}</source>
        <translation>{taken} von {trials}</translation>
    </message>
</context>
<context>
    <name>BlindTest</name>
    <message>
        <source>Which of the two looks more real?</source>
        <translation>Welches der beiden wirkt echter?</translation>
    </message>
    <message>
        <source>Which of the two is the real photo?</source>
        <translation>Welches der beiden ist das echte Foto?</translation>
    </message>
    <message>
        <source>Pair {number}</source>
        <translation>Paar {number}</translation>
    </message>
    <message>
        <source>How often each result was preferred to another one.</source>
        <translation>Wie oft jedes Ergebnis einem anderen vorgezogen wurde.</translation>
    </message>
    <message>
        <source>How often each result was taken for the real photo. At 50 % nobody can tell the two apart; Zhang, Isola and Efros 2016 measured 32 % for their network.</source>
        <translation>Wie oft jedes Ergebnis für das echte Foto gehalten wurde. Bei 50 % kann niemand die beiden unterscheiden; Zhang, Isola und Efros 2016 maßen 32 % für ihr Netz.</translation>
    </message>
    <message>
        <source>No open photo has colours of its own, so there was nothing to ask.</source>
        <translation>Kein geöffnetes Foto hat eigene Farben, deshalb gab es nichts zu fragen.</translation>
    </message>
    <message>
        <source>Photos that were left out, gray or broken: {count}.</source>
        <translation>Ausgelassene Fotos, grau oder beschädigt: {count}.</translation>
    </message>
</context>
<context>
    <name>Brushing</name>
    <message>
        <source>new area</source>
        <translation>Neuer Bereich</translation>
    </message>
    <message>
        <source>rubbing out</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>brush stroke</source>
        <translation>Pinselstrich</translation>
    </message>
    <message>
        <source>strength of an area</source>
        <translation>Stärke eines Bereichs</translation>
    </message>
    <message>
        <source>saturation of an area</source>
        <translation>Sättigung eines Bereichs</translation>
    </message>
    <message>
        <source>rim of an area</source>
        <translation>Rand eines Bereichs</translation>
    </message>
    <message>
        <source>keeping the original</source>
        <translation>Original behalten</translation>
    </message>
    <message>
        <source>removal of an area</source>
        <translation>Bereich entfernen</translation>
    </message>
    <message>
        <source>removal of all areas</source>
        <translation>Alle Bereiche entfernen</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Arrow keys move the photo or the divider, plus and minus zoom.</source>
        <translation>Pfeiltasten bewegen das Foto oder die Trennlinie, Plus und Minus zoomen.</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen hier ablegen</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Add models to compare…</source>
        <translation>Modelle zum Vergleichen hinzufügen…</translation>
    </message>
    <message>
        <source>Show the folder into which models are put</source>
        <translation>Den Ordner zeigen, in den Modelle gelegt werden</translation>
    </message>
    <message>
        <source>Set this edit aside</source>
        <translation>Diese Bearbeitung beiseitelegen</translation>
    </message>
    <message>
        <source>Compare the photo&apos;s edit as it is now with models and other edits</source>
        <translation>Die jetzige Bearbeitung des Fotos mit Modellen und anderen Bearbeitungen vergleichen</translation>
    </message>
    <message>
        <source>Edit from a file…</source>
        <translation>Bearbeitung aus einer Datei…</translation>
    </message>
    <message>
        <source>Compare a preset, or an edit kept beside a photo</source>
        <translation>Eine Vorgabe oder eine neben einem Foto gesicherte Bearbeitung vergleichen</translation>
    </message>
    <message>
        <source>No model is installed yet.</source>
        <translation>Noch ist kein Modell installiert.</translation>
    </message>
    <message>
        <source>There is one model. Put other .onnx models into your models folder, or set edits aside and compare those.</source>
        <translation>Es gibt ein Modell. Weitere .onnx-Modelle in den Modellordner legen, oder Bearbeitungen beiseitelegen und diese vergleichen.</translation>
    </message>
    <message>
        <source>{count} at once are the most; leave one out to take another.</source>
        <translation>Höchstens {count} auf einmal; für ein weiteres erst eines auslassen.</translation>
    </message>
    <message>
        <source>Compare {title}</source>
        <translation>{title} vergleichen</translation>
    </message>
    <message>
        <source>Forget this edit</source>
        <translation>Diese Bearbeitung vergessen</translation>
    </message>
    <message>
        <source>Forget {title}</source>
        <translation>{title} vergessen</translation>
    </message>
</context>
<context>
    <name>ClipsPanel</name>
    <message>
        <source>Clips</source>
        <translation>Clips</translation>
    </message>
    <message>
        <source>They are shown one after another. Drag them, or Alt with up and down, for another order.</source>
        <translation>Sie laufen nacheinander. Ziehen oder Alt mit Auf und Ab ändert die Reihenfolge.</translation>
    </message>
    <message>
        <source>Add clips…</source>
        <translation>Clips hinzufügen…</translation>
    </message>
    <message>
        <source>Show other films of the same size after these</source>
        <translation>Weitere Filme gleicher Größe an diese anhängen</translation>
    </message>
    <message>
        <source>Split at the playhead (S)</source>
        <translation>Beim Abspielkopf teilen (S)</translation>
    </message>
    <message>
        <source>Take the clip out of the film (Del)</source>
        <translation>Clip aus dem Film nehmen (Entf)</translation>
    </message>
</context>
<context>
    <name>Collection</name>
    <message>
        <source>&amp;Apply Preset</source>
        <translation>&amp;Vorgabe anwenden</translation>
    </message>
    <message>
        <source>&amp;Delete Preset</source>
        <translation>Vorgabe &amp;löschen</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>What is shown beside the pictures</source>
        <translation>Was neben den Bildern gezeigt wird</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Choose what is compared</source>
        <translation>Wählen, was verglichen wird</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Measures, region and pixel values</source>
        <translation>Messwerte, Ausschnitt und Pixelwerte</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Grafik</translation>
    </message>
    <message>
        <source>How the colours are spread</source>
        <translation>Wie die Farben verteilt sind</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangliste</translation>
    </message>
    <message>
        <source>Models over all open photos</source>
        <translation>Modelle über alle geöffneten Fotos</translation>
    </message>
    <message>
        <source>These true colours are hardly any: judging by them rewards gray.</source>
        <translation>Diese echten Farben sind fast keine: Wer danach urteilt, belohnt Grau.</translation>
    </message>
    <message>
        <source>What the pictures show</source>
        <translation>Was die Bilder zeigen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>The results as they are</source>
        <translation>Die Ergebnisse, wie sie sind</translation>
    </message>
    <message>
        <source>ΔE</source>
        <translation>ΔE</translation>
    </message>
    <message>
        <source>Map of the difference of colour</source>
        <translation>Karte des Farbunterschieds</translation>
    </message>
    <message>
        <source>ab</source>
        <translation>ab</translation>
    </message>
    <message>
        <source>Map of the errors of a* and b*</source>
        <translation>Karte der Fehler von a* und b*</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Map of the error of lightness</source>
        <translation>Karte des Helligkeitsfehlers</translation>
    </message>
    <message>
        <source>Choose a region to measure: drag in a picture (R, or hold Shift)</source>
        <translation>Ausschnitt zum Messen wählen: in einem Bild ziehen (R, oder Umschalt halten)</translation>
    </message>
    <message>
        <source>Choose a region</source>
        <translation>Ausschnitt wählen</translation>
    </message>
    <message>
        <source>Show the column beside the pictures</source>
        <translation>Spalte neben den Bildern zeigen</translation>
    </message>
    <message>
        <source>Column beside the pictures</source>
        <translation>Spalte neben den Bildern</translation>
    </message>
    <message>
        <source>Blind test: which is the real photo? (B)</source>
        <translation>Blindtest: Welches ist das echte Foto? (B)</translation>
    </message>
    <message>
        <source>Blind test</source>
        <translation>Blindtest</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Go back to the photo (Esc)</source>
        <translation>Zurück zum Foto (Esc)</translation>
    </message>
</context>
<context>
    <name>Comparing</name>
    <message>
        <source>choice of “{title}”</source>
        <translation>„{title}“ wählen</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>Echt</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Add models or edits at the right to compare more than one result.</source>
        <translation>Rechts Modelle oder Bearbeitungen hinzufügen, um mehr als ein Ergebnis zu vergleichen.</translation>
    </message>
    <message>
        <source>Press 1 to {count} to take a result for the photo.</source>
        <translation>1 bis {count} drücken, um ein Ergebnis für das Foto zu übernehmen.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Edit from a file</source>
        <translation>Bearbeitung aus einer Datei</translation>
    </message>
    <message>
        <source>Edits and presets (*.json);;All files (*)</source>
        <translation>Bearbeitungen und Vorgaben (*.json);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Comparing: {title}</source>
        <translation>Vergleichen: {title}</translation>
    </message>
</context>
<context>
    <name>Cutting</name>
    <message>
        <source>Add clips</source>
        <translation>Clips hinzufügen</translation>
    </message>
    <message>
        <source>Films ({patterns})</source>
        <translation>Filme ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>It was not added to the film.</source>
        <translation>Er wurde dem Film nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
</context>
<context>
    <name>DevicePopup</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
</context>
<context>
    <name>Dragging</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Preparing {name} to be dragged</source>
        <translation>{name} wird zum Ziehen vorbereitet</translation>
    </message>
    <message>
        <source>The file is ready.</source>
        <translation>Die Datei ist bereit.</translation>
    </message>
    <message>
        <source>Drag it again: now it comes along at once.</source>
        <translation>Ziehen Sie noch einmal: Jetzt kommt sie sofort mit.</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>{file} may not be read or written.</source>
        <translation>{file} darf nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>Choose another folder, or ask for the right to use this one.</source>
        <translation>Einen anderen Ordner wählen oder um das Recht bitten, diesen zu benutzen.</translation>
    </message>
    <message>
        <source>{file} cannot be written, because your share of the disk is full.</source>
        <translation>{file} kann nicht geschrieben werden, weil Ihr Anteil am Datenträger voll ist.</translation>
    </message>
    <message>
        <source>Make room on it.</source>
        <translation>Dort Platz schaffen.</translation>
    </message>
    <message>
        <source>{file} is a folder, not a file.</source>
        <translation>{file} ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>Give the name of a file.</source>
        <translation>Den Namen einer Datei angeben.</translation>
    </message>
    <message>
        <source>{file} is a link that leads back to itself.</source>
        <translation>{file} ist eine Verknüpfung, die zu sich selbst zurückführt.</translation>
    </message>
    <message>
        <source>Remove that link.</source>
        <translation>Diese Verknüpfung entfernen.</translation>
    </message>
    <message>
        <source>{file} has too long a name.</source>
        <translation>{file} hat einen zu langen Namen.</translation>
    </message>
    <message>
        <source>Choose a shorter one.</source>
        <translation>Einen kürzeren wählen.</translation>
    </message>
    <message>
        <source>{file} does not exist.</source>
        <translation>{file} gibt es nicht.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Den Namen prüfen.</translation>
    </message>
    <message>
        <source>{file} cannot be written, because the disk is full.</source>
        <translation>{file} kann nicht geschrieben werden, weil der Datenträger voll ist.</translation>
    </message>
    <message>
        <source>{file} lies inside a file, not inside a folder.</source>
        <translation>{file} liegt in einer Datei, nicht in einem Ordner.</translation>
    </message>
    <message>
        <source>{file} may not be changed.</source>
        <translation>{file} darf nicht geändert werden.</translation>
    </message>
    <message>
        <source>{file} cannot be written, because its disk is read-only.</source>
        <translation>{file} kann nicht geschrieben werden, weil der Datenträger schreibgeschützt ist.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{file} cannot be used: {problem}.</source>
        <translation>{file} ist nicht verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>Eine Datei</translation>
    </message>
    <message>
        <source>The process that computes colours crashed ({code}), and again when it was tried once more.</source>
        <translation>Der Prozess, der die Farben berechnet, ist abgestürzt ({code}), und beim zweiten Versuch wieder.</translation>
    </message>
    <message>
        <source>The process that computes colours was ended by the system, and again when it was tried once more.</source>
        <translation>Der Prozess, der die Farben berechnet, wurde vom System beendet, und beim zweiten Versuch wieder.</translation>
    </message>
    <message>
        <source>Choose a smaller working size or another model. Close other programs, or work on fewer photos at the same time.</source>
        <translation>Eine kleinere Arbeitsgröße oder ein anderes Modell wählen. Andere Programme schließen oder weniger Fotos zugleich bearbeiten.</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht.</translation>
    </message>
    <message>
        <source>Close other programs, or work on fewer photos at the same time.</source>
        <translation>Andere Programme schließen oder weniger Fotos zugleich bearbeiten.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>A part of ColorDesk cannot be loaded: {error}.</source>
        <translation>Ein Teil von ColorDesk lässt sich nicht laden: {error}.</translation>
    </message>
    <message>
        <source>Set ColorDesk up again.</source>
        <translation>ColorDesk neu einrichten.</translation>
    </message>
    <message>
        <source>An error inside ColorDesk: {kind}: {error}.</source>
        <translation>Ein Fehler in ColorDesk: {kind}: {error}.</translation>
    </message>
    <message>
        <source>Please report it; with COLORDESK_DEBUG=1 in the environment it tells more.</source>
        <translation>Bitte melden; mit COLORDESK_DEBUG=1 in der Umgebung sagt es mehr.</translation>
    </message>
    <message>
        <source>{path}: {problem}.</source>
        <translation>{path}: {problem}.</translation>
    </message>
    <message>
        <source>{path} is no usable film project: {problem}.</source>
        <translation>{path} ist kein brauchbares Filmprojekt: {problem}.</translation>
    </message>
    <message>
        <source>{path} is left as it is: {problem}.</source>
        <translation>{path} bleibt, wie es ist: {problem}.</translation>
    </message>
    <message>
        <source>It was not tried, because of an earlier error.</source>
        <translation>Es wurde wegen eines früheren Fehlers nicht versucht.</translation>
    </message>
    <message>
        <source>The edit is not possible: {problem}.</source>
        <translation>Die Bearbeitung ist nicht möglich: {problem}.</translation>
    </message>
    <message>
        <source>{path} is no usable edit: {problem}.</source>
        <translation>{path} ist keine brauchbare Bearbeitung: {problem}.</translation>
    </message>
    <message>
        <source>Mend or remove that file.</source>
        <translation>Diese Datei berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>{path} holds no usable settings: {problem}.</source>
        <translation>{path} enthält keine brauchbaren Einstellungen: {problem}.</translation>
    </message>
    <message>
        <source>The defaults hold until that file is mended or removed.</source>
        <translation>Bis die Datei berichtigt oder entfernt ist, gelten die Vorgaben.</translation>
    </message>
    <message>
        <source>No model is installed.</source>
        <translation>Es ist kein Modell installiert.</translation>
    </message>
    <message>
        <source>Install ColorDesk again, or add a model of your own.</source>
        <translation>ColorDesk neu installieren oder ein eigenes Modell hinzufügen.</translation>
    </message>
    <message>
        <source>There is no model {wanted}.</source>
        <translation>Es gibt kein Modell {wanted}.</translation>
    </message>
    <message>
        <source>There is no preset {wanted}.</source>
        <translation>Eine Vorgabe {wanted} gibt es nicht.</translation>
    </message>
    <message>
        <source>There are: {known}.</source>
        <translation>Es gibt: {known}.</translation>
    </message>
    <message>
        <source>Installed are: {known}.</source>
        <translation>Installiert sind: {known}.</translation>
    </message>
    <message>
        <source>The model {path} cannot be used: {problem}.</source>
        <translation>Das Modell {path} ist nicht verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>Choose another model, or put a sound copy in its place.</source>
        <translation>Ein anderes Modell wählen oder eine heile Kopie an seine Stelle legen.</translation>
    </message>
    <message>
        <source>The device {wanted} cannot be used: {problem}.</source>
        <translation>Das Gerät {wanted} ist nicht verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>Choose auto or cpu as the device.</source>
        <translation>Als Gerät auto oder cpu wählen.</translation>
    </message>
    <message>
        <source>The memory of the {device} is too small for what the model was to see, {width} x {height} pixels.</source>
        <translation>Der Speicher von {device} ist zu klein für das, was das Modell sehen sollte, {width} x {height} Pixel.</translation>
    </message>
    <message>
        <source>Choose a smaller working size. Close other programs, or work on fewer photos at the same time.</source>
        <translation>Eine kleinere Arbeitsgröße wählen. Andere Programme schließen oder weniger Fotos zugleich bearbeiten.</translation>
    </message>
    <message>
        <source>{path} cannot be a reference: {problem}.</source>
        <translation>{path} kann keine Vorlage sein: {problem}.</translation>
    </message>
    <message>
        <source>Choose a colour photograph.</source>
        <translation>Ein Farbfoto wählen.</translation>
    </message>
    <message>
        <source>{path} cannot be used as strokes: {problem}.</source>
        <translation>{path} ist nicht als Pinselstriche verwendbar: {problem}.</translation>
    </message>
    <message>
        <source>Paint on a transparent layer over the photo and save that layer alone as PNG.</source>
        <translation>Auf eine durchsichtige Ebene über dem Foto malen und nur diese Ebene als PNG speichern.</translation>
    </message>
    <message>
        <source>{path} holds no usable colours: {problem}.</source>
        <translation>{path} enthält keine brauchbaren Farben: {problem}.</translation>
    </message>
    <message>
        <source>The model {model} knows things otherwise than when the colour was saved.</source>
        <translation>Das Modell {model} kennt die Dinge anders als damals, als die Farbe gesichert wurde.</translation>
    </message>
    <message>
        <source>Save the colour again.</source>
        <translation>Die Farbe noch einmal sichern.</translation>
    </message>
    <message>
        <source>The model {model} cannot tell the things in a photo apart.</source>
        <translation>Das Modell {model} kann die Dinge in einem Foto nicht unterscheiden.</translation>
    </message>
    <message>
        <source>Choose another model for it.</source>
        <translation>Dafür ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>{path} cannot be judged: {problem}.</source>
        <translation>{path} lässt sich nicht beurteilen: {problem}.</translation>
    </message>
    <message>
        <source>It has {width} x {height} pixels and its truth {true_width} x {true_height}.</source>
        <translation>Es hat {width} x {height} Pixel und sein wahres Bild {true_width} x {true_height}.</translation>
    </message>
    <message>
        <source>Give a picture of the same size.</source>
        <translation>Ein Bild derselben Größe angeben.</translation>
    </message>
    <message>
        <source>the clip {one} has {rate} frames a second and {other} has {other_rate}, but {suffix} shows all frames equally long: .mov and .mkv do not</source>
        <translation>der Clip {one} hat {rate} Bilder pro Sekunde und {other} hat {other_rate}, aber {suffix} zeigt alle Bilder gleich lang: .mov und .mkv nicht</translation>
    </message>
    <message>
        <source>the frame rate of {clip} varies, but {suffix} shows all frames equally long: .mov and .mkv do not</source>
        <translation>die Bildrate von {clip} schwankt, aber {suffix} zeigt alle Bilder gleich lang: .mov und .mkv nicht</translation>
    </message>
    <message>
        <source>{codec} needs frames of {size} pixels at least</source>
        <translation>{codec} braucht Bilder von mindestens {size} Pixeln</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>it is one of the photos to be colorized</source>
        <translation>es ist eines der Fotos, die koloriert werden sollen</translation>
    </message>
    <message>
        <source>it exists already</source>
        <translation>es ist schon da</translation>
    </message>
    <message>
        <source>it has colours of its own</source>
        <translation>es hat eigene Farben</translation>
    </message>
    <message>
        <source>it is the photo itself, and that is never written over</source>
        <translation>es ist das Foto selbst, und das wird nie überschrieben</translation>
    </message>
    <message>
        <source>it is gray, so its true colours are not known</source>
        <translation>es ist grau, seine wahren Farben sind also nicht bekannt</translation>
    </message>
    <message>
        <source>it must be a JSON object</source>
        <translation>es muss ein JSON-Objekt sein</translation>
    </message>
    <message>
        <source>it is far too large for an edit</source>
        <translation>es ist viel zu groß für eine Bearbeitung</translation>
    </message>
    <message>
        <source>it is not a text file</source>
        <translation>es ist keine Textdatei</translation>
    </message>
    <message>
        <source>a stroke leaves the photo by far</source>
        <translation>ein Pinselstrich verlässt das Foto bei Weitem</translation>
    </message>
    <message>
        <source>geometry.crop leaves nothing of the photo</source>
        <translation>geometry.crop lässt nichts vom Foto übrig</translation>
    </message>
    <message>
        <source>geometry.corners must have four corners</source>
        <translation>geometry.corners braucht vier Ecken</translation>
    </message>
    <message>
        <source>geometry.corners must go round the print clockwise</source>
        <translation>geometry.corners muss im Uhrzeigersinn um den Abzug gehen</translation>
    </message>
    <message>
        <source>it cannot be read ({why})</source>
        <translation>es ist nicht lesbar ({why})</translation>
    </message>
    <message>
        <source>the folder cannot be read ({why})</source>
        <translation>der Ordner ist nicht lesbar ({why})</translation>
    </message>
    <message>
        <source>its id {id} is taken by {path}</source>
        <translation>seine Kennung {id} gehört schon {path}</translation>
    </message>
    <message>
        <source>it carries no ColorDesk manifest, so it was not made for ColorDesk</source>
        <translation>es trägt kein ColorDesk-Manifest, ist also nicht für ColorDesk gemacht</translation>
    </message>
    <message>
        <source>it is not a readable ONNX file ({why})</source>
        <translation>es ist keine lesbare ONNX-Datei ({why})</translation>
    </message>
    <message>
        <source>it answers with numbers that are not finite</source>
        <translation>es antwortet mit Zahlen, die nicht endlich sind</translation>
    </message>
    <message>
        <source>its weights lie in other files, it must be one file</source>
        <translation>seine Gewichte liegen in anderen Dateien, es muss eine Datei sein</translation>
    </message>
    <message>
        <source>onnxruntime cannot open it ({why})</source>
        <translation>onnxruntime kann es nicht öffnen ({why})</translation>
    </message>
    <message>
        <source>it fails on a picture of {width} x {height} ({why})</source>
        <translation>es versagt bei einem Bild von {width} x {height} ({why})</translation>
    </message>
    <message>
        <source>there is not enough memory to open it</source>
        <translation>der Arbeitsspeicher reicht nicht, um es zu öffnen</translation>
    </message>
    <message>
        <source>it must be auto, cpu, cuda or cuda:N</source>
        <translation>es muss auto, cpu, cuda oder cuda:N sein</translation>
    </message>
    <message>
        <source>it has no features of tensor(float) N x F x h x w, as its manifest says</source>
        <translation>es hat keine Merkmale der Art tensor(float) N x F x h x w, wie sein Manifest sagt</translation>
    </message>
    <message>
        <source>it is a folder, not a picture</source>
        <translation>es ist ein Ordner, kein Bild</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>es ist keine Datei</translation>
    </message>
    <message>
        <source>it is empty (zero bytes)</source>
        <translation>es ist leer (null Bytes)</translation>
    </message>
    <message>
        <source>it is not a picture, or of a kind that cannot be read</source>
        <translation>es ist kein Bild oder von einer Art, die nicht gelesen werden kann</translation>
    </message>
    <message>
        <source>it is damaged or cut off, so that a part of the picture is missing</source>
        <translation>es ist beschädigt oder abgeschnitten, so dass ein Teil des Bildes fehlt</translation>
    </message>
    <message>
        <source>its pixels are signed numbers ({kind}), not light</source>
        <translation>seine Pixel sind Zahlen mit Vorzeichen ({kind}), kein Licht</translation>
    </message>
    <message>
        <source>its pixels are floating-point numbers from {low} to {high}, not 0 to 1</source>
        <translation>seine Pixel sind Gleitkommazahlen von {low} bis {high}, nicht 0 bis 1</translation>
    </message>
    <message>
        <source>it claims to have {width} x {height} pixels, more than {most} megapixels or {side} a side are not opened</source>
        <translation>es will {width} x {height} Pixel haben; mehr als {most} Megapixel oder {side} an einer Seite werden nicht geöffnet</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>eine solche Datei gibt es nicht</translation>
    </message>
    <message>
        <source>you have no permission to read it</source>
        <translation>Sie dürfen es nicht lesen</translation>
    </message>
    <message>
        <source>pictures can be saved as {kinds}, not as this</source>
        <translation>Bilder können als {kinds} gespeichert werden, nicht als dies</translation>
    </message>
    <message>
        <source>{name} holds at most {side} pixels a side, png or tif hold more</source>
        <translation>{name} fasst höchstens {side} Pixel an einer Seite, png oder tif fassen mehr</translation>
    </message>
    <message>
        <source>jpg cannot hold its transparency, choose png, tif or webp</source>
        <translation>jpg kann seine Durchsichtigkeit nicht fassen, png, tif oder webp wählen</translation>
    </message>
    <message>
        <source>it could not be encoded as {name}</source>
        <translation>es ließ sich nicht als {name} kodieren</translation>
    </message>
    <message>
        <source>the name {template} would be the same for all; it needs {name}</source>
        <translation>der Name {template} wäre für alle derselbe; er braucht {name}</translation>
    </message>
    <message>
        <source>{output} is no folder, and as a file it would have to end in {ends}</source>
        <translation>{output} ist kein Ordner, und als Datei müsste es auf {ends} enden</translation>
    </message>
    <message>
        <source>{output} and the format {format} contradict each other</source>
        <translation>{output} und das Format {format} widersprechen sich</translation>
    </message>
    <message>
        <source>{folder} is a whole disk, so the folder for the results must be given</source>
        <translation>{folder} ist ein ganzer Datenträger, also muss der Ordner für die Ergebnisse angegeben werden</translation>
    </message>
    <message>
        <source>{output} is one file, but a folder or several photos are to go there</source>
        <translation>{output} ist eine Datei, aber ein Ordner oder mehrere Fotos sollen dorthin</translation>
    </message>
    <message>
        <source>the name {template} has a brace that does not fit ({why})</source>
        <translation>der Name {template} hat eine Klammer, die nicht passt ({why})</translation>
    </message>
    <message>
        <source>the name {template} has a character that file names cannot have</source>
        <translation>der Name {template} hat ein Zeichen, das Dateinamen nicht haben können</translation>
    </message>
    <message>
        <source>the name {template} may have only {known} in braces</source>
        <translation>der Name {template} darf nur {known} in Klammern haben</translation>
    </message>
    <message>
        <source>the name {template} may have digits only in {number}</source>
        <translation>der Name {template} darf Ziffern nur in {number} haben</translation>
    </message>
    <message>
        <source>it is not an ordinary file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>a preset needs a name</source>
        <translation>eine Voreinstellung braucht einen Namen</translation>
    </message>
    <message>
        <source>it is far too large for a batch</source>
        <translation>es ist viel zu groß für einen Stapel</translation>
    </message>
    <message>
        <source>it is far too large for settings</source>
        <translation>es ist viel zu groß für Einstellungen</translation>
    </message>
    <message>
        <source>it is not a JSON object</source>
        <translation>es ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>it is not valid JSON ({why})</source>
        <translation>es ist kein gültiges JSON ({why})</translation>
    </message>
    <message>
        <source>it has no colours of its own</source>
        <translation>es hat keine eigenen Farben</translation>
    </message>
    <message>
        <source>it is far too large for saved colours</source>
        <translation>es ist viel zu groß für gesicherte Farben</translation>
    </message>
    <message>
        <source>it holds {count} colours, and no more fit</source>
        <translation>es enthält {count} Farben, und mehr passen nicht</translation>
    </message>
    <message>
        <source>features must be between -1 and 1</source>
        <translation>features müssen zwischen -1 und 1 liegen</translation>
    </message>
    <message>
        <source>nothing in it is transparent, so all of it would be a stroke</source>
        <translation>nichts darin ist durchsichtig, alles wäre also ein Pinselstrich</translation>
    </message>
    <message>
        <source>its shape, {width} x {height}, is not that of the photo, {true_width} x {true_height}</source>
        <translation>seine Form, {width} x {height}, ist nicht die des Fotos, {true_width} x {true_height}</translation>
    </message>
    <message>
        <source>there is no stroke in it</source>
        <translation>es ist kein Pinselstrich darin</translation>
    </message>
    <message>
        <source>it is no film, or it is damaged or cut off</source>
        <translation>es ist kein Film, oder er ist beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>its picture is stored in a way that is not known here</source>
        <translation>sein Bild ist auf eine Weise gespeichert, die hier nicht bekannt ist</translation>
    </message>
    <message>
        <source>its frames of {width} x {height} are too large</source>
        <translation>seine Bilder von {width} x {height} sind zu groß</translation>
    </message>
    <message>
        <source>its pixels are stored as {name}, which cannot be coloured here</source>
        <translation>seine Pixel sind als {name} gespeichert, was hier nicht koloriert werden kann</translation>
    </message>
    <message>
        <source>it is in {transfer}, and only film of standard dynamic range can be coloured; make such a copy of it first</source>
        <translation>es ist in {transfer}, und nur Film mit gewöhnlichem Dynamikumfang kann koloriert werden; erst eine solche Kopie davon machen</translation>
    </message>
    <message>
        <source>not one frame of it can be read; it is damaged or cut off</source>
        <translation>nicht ein Bild davon ist lesbar; es ist beschädigt oder abgeschnitten</translation>
    </message>
    <message>
        <source>FFmpeg cannot read animated WebP pictures; please save it as GIF or MP4</source>
        <translation>FFmpeg kann animierte WebP-Bilder nicht lesen; bitte als GIF oder MP4 speichern</translation>
    </message>
    <message>
        <source>its colour matrix (H.273 number {number}) is not known here</source>
        <translation>seine Farbmatrix (Nummer {number} in H.273) ist hier nicht bekannt</translation>
    </message>
    <message>
        <source>the folder holds no pictures</source>
        <translation>der Ordner enthält keine Bilder</translation>
    </message>
    <message>
        <source>it holds sound but no picture</source>
        <translation>es enthält Ton, aber kein Bild</translation>
    </message>
    <message>
        <source>it holds no picture</source>
        <translation>es enthält kein Bild</translation>
    </message>
    <message>
        <source>it holds no frame</source>
        <translation>es enthält kein Bild</translation>
    </message>
    <message>
        <source>it holds no frame of what was asked for</source>
        <translation>es enthält kein Bild von dem, was verlangt war</translation>
    </message>
    <message>
        <source>the part of it that was asked for holds nothing</source>
        <translation>der verlangte Teil davon enthält nichts</translation>
    </message>
    <message>
        <source>it is over after {seconds} s, before that part</source>
        <translation>es ist nach {seconds} s zu Ende, vor diesem Teil</translation>
    </message>
    <message>
        <source>film in {codec} goes into a file ending in {ends}, not {name}</source>
        <translation>Film in {codec} gehört in eine Datei mit der Endung {ends}, nicht {name}</translation>
    </message>
    <message>
        <source>this build of FFmpeg has no encoder for {codec}</source>
        <translation>dieses FFmpeg hat keinen Kodierer für {codec}</translation>
    </message>
    <message>
        <source>the encoder {name} refuses this film ({why})</source>
        <translation>der Kodierer {name} weist diesen Film ab ({why})</translation>
    </message>
    <message>
        <source>the encoder {name} fails ({why})</source>
        <translation>der Kodierer {name} versagt ({why})</translation>
    </message>
    <message>
        <source>the encoder has changed since the film was begun</source>
        <translation>der Kodierer ist ein anderer, als der Film begonnen wurde</translation>
    </message>
    <message>
        <source>its container does not take this ({why})</source>
        <translation>sein Container nimmt das nicht an ({why})</translation>
    </message>
    <message>
        <source>its numbers must be whole, and hardware true or false</source>
        <translation>seine Zahlen müssen ganz sein und hardware true oder false</translation>
    </message>
    <message>
        <source>it is far too large for a preset</source>
        <translation>es ist viel zu groß für eine Voreinstellung</translation>
    </message>
    <message>
        <source>it is far too large for a project</source>
        <translation>es ist viel zu groß für ein Projekt</translation>
    </message>
    <message>
        <source>it is no batch ({why})</source>
        <translation>es ist kein Stapel ({why})</translation>
    </message>
    <message>
        <source>its schema is {schema}, not {known}</source>
        <translation>sein Schema ist {schema}, nicht {known}</translation>
    </message>
    <message>
        <source>there is no picture of it in {folder}</source>
        <translation>in {folder} gibt es kein Bild davon</translation>
    </message>
    <message>
        <source>there is no GPU {number}, only {names}</source>
        <translation>es gibt keine GPU {number}, nur {names}</translation>
    </message>
    <message>
        <source>this build of onnxruntime has no CUDA</source>
        <translation>dieses onnxruntime hat kein CUDA</translation>
    </message>
    <message>
        <source>The GPU is not used: {problem}.</source>
        <translation>Die Grafikkarte wird nicht benutzt: {problem}.</translation>
    </message>
    <message>
        <source>The memory of the {device} is too small for a picture of {width} x {height}; the model saw it at {seen}.</source>
        <translation>Der Speicher ({device}) ist zu klein für ein Bild von {width} x {height}; das Modell sah es mit {seen}.</translation>
    </message>
    <message>
        <source>The memory of the {device} is too small for a picture of {width} x {height}; the CPU did it.</source>
        <translation>Der Speicher ({device}) ist zu klein für ein Bild von {width} x {height}; der Prozessor hat es übernommen.</translation>
    </message>
    <message>
        <source>The process that computes colours ended unexpectedly.</source>
        <translation>Der Prozess, der die Farben berechnet, endete unerwartet.</translation>
    </message>
    <message>
        <source>The process that computes colours ended unexpectedly, probably because memory ran out.</source>
        <translation>Der Prozess, der die Farben berechnet, endete unerwartet, vermutlich aus Mangel an Speicher.</translation>
    </message>
    <message>
        <source>It was started again, and the photo was tried once more.</source>
        <translation>Er wurde neu gestartet und das Foto noch einmal versucht.</translation>
    </message>
    <message>
        <source>no NVIDIA driver is installed ({library} cannot be loaded)</source>
        <translation>kein NVIDIA-Treiber ist installiert ({library} lässt sich nicht laden)</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>der NVIDIA-Treiber findet keine Grafikkarte</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no usable GPU (CUDA error {number})</source>
        <translation>der NVIDIA-Treiber findet keine brauchbare Grafikkarte (CUDA-Fehler {number})</translation>
    </message>
    <message>
        <source>the CUDA libraries cannot be loaded ({names} missing)</source>
        <translation>die CUDA-Bibliotheken lassen sich nicht laden ({names} fehlt)</translation>
    </message>
    <message>
        <source>onnxruntime cannot load its CUDA or cuDNN libraries</source>
        <translation>onnxruntime kann seine CUDA- oder cuDNN-Bibliotheken nicht laden</translation>
    </message>
    <message>
        <source>CPU ({count} threads)</source>
        <translation>CPU ({count} Threads)</translation>
    </message>
    <message>
        <source>{name} must be between {low} and {high}, not {value}</source>
        <translation>{name} muss zwischen {low} und {high} liegen, nicht bei {value}</translation>
    </message>
    <message>
        <source>{name} must be true or false, not {value}</source>
        <translation>{name} muss true oder false sein, nicht {value}</translation>
    </message>
    <message>
        <source>{name} must be a whole number, not {value}</source>
        <translation>{name} muss eine ganze Zahl sein, nicht {value}</translation>
    </message>
    <message>
        <source>{name} must be a number, not {value}</source>
        <translation>{name} muss eine Zahl sein, nicht {value}</translation>
    </message>
    <message>
        <source>{name} must be a text, not {value}</source>
        <translation>{name} muss ein Text sein, nicht {value}</translation>
    </message>
    <message>
        <source>{name} must be a JSON object</source>
        <translation>{name} muss ein JSON-Objekt sein</translation>
    </message>
    <message>
        <source>{name} must be a JSON list</source>
        <translation>{name} muss eine JSON-Liste sein</translation>
    </message>
    <message>
        <source>{name} must be pairs of x and y</source>
        <translation>{name} müssen Paare von x und y sein</translation>
    </message>
    <message>
        <source>{name} must have {count} numbers</source>
        <translation>{name} muss {count} Zahlen haben</translation>
    </message>
    <message>
        <source>{name} must say x and y</source>
        <translation>{name} muss x und y nennen</translation>
    </message>
    <message>
        <source>{name} must say its radius</source>
        <translation>{name} muss seinen Radius nennen</translation>
    </message>
    <message>
        <source>{name} must be one of {known}, not {value}</source>
        <translation>{name} muss eines von {known} sein, nicht {value}</translation>
    </message>
    <message>
        <source>{name} must be one of {known}</source>
        <translation>{name} muss eines von {known} sein</translation>
    </message>
    <message>
        <source>as a preset it is not usable ({why})</source>
        <translation>als Vorgabe ist sie nicht brauchbar ({why})</translation>
    </message>
    <message>
        <source>its schema is {schema}, this program reads {known}</source>
        <translation>ihr Schema ist {schema}, dieses Programm liest {known}</translation>
    </message>
    <message>
        <source>{name} must say a and b</source>
        <translation>{name} muss a und b nennen</translation>
    </message>
    <message>
        <source>{name} has {count} letters, {most} are possible</source>
        <translation>{name} hat {count} Zeichen, {most} sind möglich</translation>
    </message>
    <message>
        <source>{count} features, 1 to {most} are possible</source>
        <translation>{count} Merkmale, 1 bis {most} sind möglich</translation>
    </message>
    <message>
        <source>{name} cannot be {value}</source>
        <translation>{name} kann nicht {value} sein</translation>
    </message>
    <message>
        <source>{name} has {count} entries, {most} are possible</source>
        <translation>{name} hat {count} Einträge, {most} sind möglich</translation>
    </message>
    <message>
        <source>it has an unknown field {name}; known: {known}</source>
        <translation>sie hat ein unbekanntes Feld {name}; bekannt: {known}</translation>
    </message>
    <message>
        <source>geometry.turns must be 0, 1, 2 or 3, not {value}</source>
        <translation>geometry.turns muss 0, 1, 2 oder 3 sein, nicht {value}</translation>
    </message>
    <message>
        <source>a stroke must have 1 to {most} places, not {count}</source>
        <translation>ein Strich muss 1 bis {most} Orte haben, nicht {count}</translation>
    </message>
    <message>
        <source>an area has {count} strokes, {most} are possible</source>
        <translation>ein Bereich hat {count} Striche, {most} sind möglich</translation>
    </message>
    <message>
        <source>{count} points are too many; {most} fit</source>
        <translation>{count} Punkte sind zu viele; {most} sind möglich</translation>
    </message>
    <message>
        <source>{count} areas are too many; {most} fit</source>
        <translation>{count} Bereiche sind zu viele; {most} sind möglich</translation>
    </message>
    <message>
        <source>its schema is {schema}, this program reads schema {known}</source>
        <translation>ihr Schema ist {schema}, dieses Programm liest Schema {known}</translation>
    </message>
    <message>
        <source>a name must have 1 to {most} letters</source>
        <translation>ein Name muss 1 bis {most} Zeichen haben</translation>
    </message>
    <message>
        <source>it names no clips</source>
        <translation>es nennt keine Clips</translation>
    </message>
    <message>
        <source>its schema is {schema}, this program reads up to {known}</source>
        <translation>sein Schema ist {schema}, dieses Programm liest bis {known}</translation>
    </message>
    <message>
        <source>clips must be a list of clips</source>
        <translation>clips muss eine Liste von Clips sein</translation>
    </message>
    <message>
        <source>every clip must be an object with a path</source>
        <translation>jeder Clip muss ein Objekt mit einem Pfad (path) sein</translation>
    </message>
    <message>
        <source>a clip has an unknown field {name}; known: {known}</source>
        <translation>ein Clip hat ein unbekanntes Feld {name}; bekannt: {known}</translation>
    </message>
    <message>
        <source>the clip {path} ends before it starts</source>
        <translation>der Clip {path} endet, bevor er beginnt</translation>
    </message>
    <message>
        <source>{name}: a shot must end after it starts</source>
        <translation>{name}: eine Einstellung muss nach ihrem Beginn enden</translation>
    </message>
    <message>
        <source>every, smooth and clean must be whole numbers, deinterlace true or false</source>
        <translation>every, smooth und clean müssen ganze Zahlen sein, deinterlace true oder false</translation>
    </message>
    <message>
        <source>it has frames of {size} and {other} has {other_size}; the clips of one film must be alike</source>
        <translation>es hat Bilder von {size} und {other} von {other_size}; die Clips eines Films müssen gleich sein</translation>
    </message>
    <message>
        <source>it has the colours {colours} and {other} has {other_colours}; the clips of one film must be alike</source>
        <translation>es hat die Farben {colours} und {other} {other_colours}; die Clips eines Films müssen gleich sein</translation>
    </message>
    <message>
        <source>it has a rotation of {angle} and {other} has {other_angle}; the clips of one film must be alike</source>
        <translation>es hat eine Drehung von {angle} und {other} von {other_angle}; die Clips eines Films müssen gleich sein</translation>
    </message>
    <message>
        <source>it has pixels of {aspect} and {other} has {other_aspect}; the clips of one film must be alike</source>
        <translation>es hat Pixel von {aspect} und {other} von {other_aspect}; die Clips eines Films müssen gleich sein</translation>
    </message>
    <message>
        <source>it does not say how long it is, so no other clip can follow it</source>
        <translation>es sagt nicht, wie lang es ist, darum kann ihm kein anderer Clip folgen</translation>
    </message>
    <message>
        <source>it has the chroma {chroma} and {other} has {other_chroma}; the clips of one film must be alike</source>
        <translation>es hat das Chroma {chroma} und {other} {other_chroma}; die Clips eines Films müssen gleich sein</translation>
    </message>
    <message>
        <source>its picture changes from {width} x {height} to {new_width} x {new_height} pixels in the midst of it</source>
        <translation>sein Bild wechselt mittendrin von {width} x {height} zu {new_width} x {new_height} Pixeln</translation>
    </message>
    <message>
        <source>{count} frames of it are there already, from an earlier run</source>
        <translation>{count} Bilder davon sind aus einem früheren Lauf schon da</translation>
    </message>
    <message>
        <source>{codec} has {known} bit here, not {bits}</source>
        <translation>{codec} hat hier {known} Bit, nicht {bits}</translation>
    </message>
    <message>
        <source>{codec} has no quality to choose (--crf)</source>
        <translation>bei {codec} gibt es keine Qualität zu wählen (--crf)</translation>
    </message>
    <message>
        <source>{codec} has no bitrate to choose (--bitrate)</source>
        <translation>bei {codec} gibt es keine Datenrate zu wählen (--bitrate)</translation>
    </message>
    <message>
        <source>the quality of {codec} goes from {best} (best) to {worst}</source>
        <translation>die Qualität von {codec} reicht von {best} (beste) bis {worst}</translation>
    </message>
    <message>
        <source>{done}/{total} frames, {speed} frames/s</source>
        <translation>{done}/{total} Bilder, {speed} Bilder/s</translation>
    </message>
    <message>
        <source>The transparency of the clip is left out.</source>
        <translation>Die Transparenz des Clips entfällt.</translation>
    </message>
    <message>
        <source>Frames stay interlaced, but {codec} cannot say so here.</source>
        <translation>Die Bilder bleiben im Zeilensprung, aber {codec} kann das hier nicht vermerken.</translation>
    </message>
    <message>
        <source>{codec} has no {wanted} bit here: the film becomes one of {bits} bit.</source>
        <translation>{codec} hat hier keine {wanted} Bit: Der Film bekommt {bits} Bit.</translation>
    </message>
    <message>
        <source>No graphics card here encodes {codec} ({tried}); the processor does it.</source>
        <translation>Keine Grafikkarte hier kodiert {codec} ({tried}); der Prozessor tut es.</translation>
    </message>
    <message>
        <source>{codec} has no full range: luma is brought into the limited one.</source>
        <translation>{codec} kennt keinen vollen Wertebereich: Die Helligkeit wird in den begrenzten gebracht.</translation>
    </message>
    <message>
        <source>The pictures of {name} end after {shown} s, and it says that it lasts {length} s: it may be cut off.</source>
        <translation>Die Bilder von {name} enden nach {shown} s, und laut Kopf dauert es {length} s: Vielleicht ist es abgeschnitten.</translation>
    </message>
    <message>
        <source>The time code is left out: it is that of the whole clip.</source>
        <translation>Der Timecode entfällt: Er gehört zum ganzen Clip.</translation>
    </message>
    <message>
        <source>Packets of sound or subtitles that jump back in time are left out: {count}.</source>
        <translation>Pakete von Ton oder Untertiteln, die in der Zeit zurückspringen, entfallen: {count}.</translation>
    </message>
    <message>
        <source>Damaged packets of sound or subtitles are left out: {count}.</source>
        <translation>Beschädigte Pakete von Ton oder Untertiteln entfallen: {count}.</translation>
    </message>
    <message>
        <source>{name} is damaged: sound and subtitles are copied as far as they can be read.</source>
        <translation>{name} ist beschädigt: Ton und Untertitel werden kopiert, soweit sie lesbar sind.</translation>
    </message>
    <message>
        <source>The {stream} is left out: it is not cut.</source>
        <translation>Die {stream} entfällt: Geschnitten wird sie nicht.</translation>
    </message>
    <message>
        <source>picture stream {number}</source>
        <translation>Bildspur {number}</translation>
    </message>
    <message>
        <source>shape of the pixels</source>
        <translation>Form der Pixel</translation>
    </message>
    <message>
        <source>The closed captions are left out: {codec} cannot hold them.</source>
        <translation>Die in den Bildern versteckten Untertitel (Closed Captions) entfallen: {codec} kann sie nicht aufnehmen.</translation>
    </message>
    <message>
        <source>The {stream} is left out of the joined film.</source>
        <translation>Die {stream} entfällt im zusammengesetzten Film.</translation>
    </message>
    <message>
        <source>The {stream} is left out: it cannot be read.</source>
        <translation>Die {stream} entfällt: Sie ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The {stream} is left out: {container} cannot hold it.</source>
        <translation>Die {stream} entfällt: {container} kann sie nicht aufnehmen.</translation>
    </message>
    <message>
        <source>The {stream} becomes {form}, which {container} holds.</source>
        <translation>Die {stream} wird zu {form}, das {container} aufnimmt.</translation>
    </message>
    <message>
        <source>audio stream {number}</source>
        <translation>Tonspur {number}</translation>
    </message>
    <message>
        <source>subtitle stream {number}</source>
        <translation>Untertitelspur {number}</translation>
    </message>
    <message>
        <source>data stream {number}</source>
        <translation>Datenspur {number}</translation>
    </message>
    <message>
        <source>cover stream {number}</source>
        <translation>Titelbildspur {number}</translation>
    </message>
    <message>
        <source>attachment stream {number}</source>
        <translation>Anhangspur {number}</translation>
    </message>
    <message>
        <source>data {number}</source>
        <translation>Datenspur {number}</translation>
    </message>
    <message>
        <source>attachment {number}</source>
        <translation>Anhangspur {number}</translation>
    </message>
    <message>
        <source>{path} is silent: its sound is of another kind.</source>
        <translation>{path} bleibt stumm: Sein Ton ist von anderer Art.</translation>
    </message>
    <message>
        <source>Film leaves out what the edit says of {parts}: that is for photos.</source>
        <translation>Im Film entfällt, was die Bearbeitung zu {parts} sagt: Das ist für Fotos.</translation>
    </message>
    <message>
        <source>The colours of {name} fill all the room that kept colours may take ({size} GB); what did not fit is not kept for the next time.</source>
        <translation>Die Farben von {name} füllen allen Platz, den aufbewahrte Farben einnehmen dürfen ({size} GB); was nicht hineinpasste, wird nicht für das nächste Mal aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export the film in colour</source>
        <translation>Film in Farbe exportieren</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>The whole film, {count} frames.</source>
        <translation>Der ganze Film, {count} Bilder.</translation>
    </message>
    <message>
        <source>{clips} clips, {count} frames.</source>
        <translation>{clips} Clips, {count} Bilder.</translation>
    </message>
    <message>
        <source>From {start} to {end}, {count} frames.</source>
        <translation>Von {start} bis {end}, {count} Bilder.</translation>
    </message>
    <message>
        <source>{one} has {rate} frames/s and {other} has {other_rate}: the frames of each keep their own times.</source>
        <translation>{one} hat {rate} Bilder/s und {other} hat {other_rate}: Die Bilder beider behalten ihre eigenen Zeiten.</translation>
    </message>
    <message>
        <source>Type a name without slashes.</source>
        <translation>Einen Namen ohne Schrägstriche eingeben.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>That is the film itself, and it is never written over.</source>
        <translation>Das ist der Film selbst, und er wird nie überschrieben.</translation>
    </message>
    <message>
        <source>That is a folder.</source>
        <translation>Das ist ein Ordner.</translation>
    </message>
    <message>
        <source>It is being written just now.</source>
        <translation>Diese Datei wird gerade geschrieben.</translation>
    </message>
    <message>
        <source>Such a name is not possible here.</source>
        <translation>Ein solcher Name ist hier nicht möglich.</translation>
    </message>
    <message>
        <source>A file of that name is there; it will be replaced.</source>
        <translation>Eine Datei dieses Namens gibt es schon; sie wird ersetzt.</translation>
    </message>
    <message>
        <source>Folder for the film</source>
        <translation>Ordner für den Film</translation>
    </message>
</context>
<context>
    <name>ExportSettingsForm</name>
    <message>
        <source>H.264, plays everywhere</source>
        <translation>H.264, läuft überall</translation>
    </message>
    <message>
        <source>H.265, smaller, for newer players</source>
        <translation>H.265, kleiner, für neuere Geräte</translation>
    </message>
    <message>
        <source>AV1, smallest, slow to make</source>
        <translation>AV1, am kleinsten, dauert länger</translation>
    </message>
    <message>
        <source>VP9, for web pages</source>
        <translation>VP9, für Webseiten</translation>
    </message>
    <message>
        <source>ProRes 422 HQ, for editing</source>
        <translation>ProRes 422 HQ, für den Schnitt</translation>
    </message>
    <message>
        <source>FFV1, nothing lost</source>
        <translation>FFV1, ohne Verlust</translation>
    </message>
    <message>
        <source>DNxHR, for editing</source>
        <translation>DNxHR, für den Schnitt</translation>
    </message>
    <message>
        <source>GIF, short and silent</source>
        <translation>GIF, kurz und stumm</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Quality number</source>
        <translation>Qualitätszahl</translation>
    </message>
    <message>
        <source>The encoder&apos;s own scale (crf): a lower number keeps more and takes more room.</source>
        <translation>Die Skala des Encoders (crf): Eine kleinere Zahl behält mehr und braucht mehr Platz.</translation>
    </message>
    <message>
        <source>Bit depth</source>
        <translation>Bittiefe</translation>
    </message>
    <message>
        <source>As the film, if possible</source>
        <translation>Wie der Film, wenn möglich</translation>
    </message>
    <message>
        <source>{bits} bit</source>
        <translation>{bits} Bit</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>The coloured photo is on the clipboard.</source>
        <translation>Das kolorierte Foto liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Copying the coloured photo</source>
        <translation>Koloriertes Foto wird kopiert</translation>
    </message>
    <message>
        <source>The photo could not be printed.</source>
        <translation>Das Foto konnte nicht gedruckt werden.</translation>
    </message>
    <message>
        <source>Check that the printer is on and ready, then print again.</source>
        <translation>Prüfen, ob der Drucker eingeschaltet und bereit ist, dann noch einmal drucken.</translation>
    </message>
    <message>
        <source>Preparing to print</source>
        <translation>Druck wird vorbereitet</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Side by side, PNG (*.png)</source>
        <translation>Nebeneinander, PNG (*.png)</translation>
    </message>
    <message>
        <source>Moving divider, MP4 (*.mp4)</source>
        <translation>Wandernde Trennlinie, MP4 (*.mp4)</translation>
    </message>
    <message>
        <source>Moving divider, GIF (*.gif)</source>
        <translation>Wandernde Trennlinie, GIF (*.gif)</translation>
    </message>
    <message>
        <source>Export before and after</source>
        <translation>Vorher und nachher exportieren</translation>
    </message>
    <message>
        <source>Exporting before and after</source>
        <translation>Vorher und nachher wird exportiert</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>{rate} frames/s</source>
        <translation>{rate} Bilder/s</translation>
    </message>
    <message>
        <source>(varying)</source>
        <translation>(schwankend)</translation>
    </message>
    <message>
        <source>{time} ({count} frames)</source>
        <translation>{time} ({count} Bilder)</translation>
    </message>
    <message>
        <source>{codec}, {bits} bit, {chroma}</source>
        <translation>{codec}, {bits} Bit, {chroma}</translation>
    </message>
    <message>
        <source>Sound: {codecs}</source>
        <translation>Ton: {codecs}</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>Recording of {count} pieces, shown as one</source>
        <translation>Aufnahme aus {count} Stücken, als eine gezeigt</translation>
    </message>
    <message>
        <source>Interlaced: its frames are made whole</source>
        <translation>Halbbilder: sie werden zu ganzen Bildern</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>Measures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>All measures, those of the papers as well</source>
        <translation>Alle Messwerte, auch die der Fachartikel</translation>
    </message>
    <message>
        <source>{title}, {measure}: {value}</source>
        <translation>{title}, {measure}: {value}</translation>
    </message>
    <message>
        <source>{text}, the best</source>
        <translation>{text}, der beste Wert</translation>
    </message>
    <message>
        <source>Measured on {width} x {height} pixels.</source>
        <translation>Gemessen auf {width} x {height} Pixeln.</translation>
    </message>
    <message>
        <source>↓ lower is better, ↑ higher, ≈ nearer to the truth, →0 nearer to 0; ★ the best result.</source>
        <translation>↓ niedriger ist besser, ↑ höher, ≈ näher an den echten Farben, →0 näher an 0; ★ das beste Ergebnis.</translation>
    </message>
    <message>
        <source>Without true colours only the results themselves can be measured, and no one is called the best. Choose true colours above to judge them.</source>
        <translation>Ohne echte Farben lassen sich nur die Ergebnisse selbst messen, und keines wird das beste genannt. Oben echte Farben wählen, um sie zu beurteilen.</translation>
    </message>
</context>
<context>
    <name>FilmAsking</name>
    <message>
        <source>Open a film</source>
        <translation>Film öffnen</translation>
    </message>
    <message>
        <source>Films and film projects ({patterns})</source>
        <translation>Filme und Filmprojekte ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a folder of numbered frames</source>
        <translation>Ordner mit nummerierten Bildern öffnen</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>How many frames of {name} are shown a second?
Silent films: 16 to 18. Cinema: 24. Television: 25 or 29.97.</source>
        <translation>Wie viele Bilder von {name} laufen in der Sekunde?
Stummfilme: 16 bis 18. Kino: 24. Fernsehen: 25 oder 29,97.</translation>
    </message>
    <message>
        <source>Save the film project</source>
        <translation>Filmprojekt sichern</translation>
    </message>
    <message>
        <source>Film projects ({patterns})</source>
        <translation>Filmprojekte ({patterns})</translation>
    </message>
</context>
<context>
    <name>FilmExporting</name>
    <message>
        <source>Go on exporting</source>
        <translation>Weiter exportieren</translation>
    </message>
    <message>
        <source>{name} is being written already.</source>
        <translation>{name} wird bereits geschrieben.</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>{name} wird exportiert</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>noch {count} s</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>noch {count} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{frames} frames in {seconds} s, {speed} frames/s.</source>
        <translation>{frames} Bilder in {seconds} s, {speed} Bilder/s.</translation>
    </message>
    <message>
        <source>{frames} frames.</source>
        <translation>{frames} Bilder.</translation>
    </message>
    <message>
        <source>{count} damaged parts of the film were skipped; sound stays in step.</source>
        <translation>Beschädigte Stellen des Films wurden übersprungen ({count}); der Ton bleibt im Takt.</translation>
    </message>
    <message>
        <source>Exported as {name}</source>
        <translation>Exportiert als {name}</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>{frames} frames of {name} are there from an export that was stopped.</source>
        <translation>Von {name} sind {frames} Bilder aus einem abgebrochenen Export vorhanden.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>A film is still being exported</source>
        <translation>Ein Film wird noch exportiert</translation>
    </message>
    <message>
        <source>If the export is stopped, what is done is kept: export it again under that name, and it goes on.</source>
        <translation>Wird der Export abgebrochen, bleibt erhalten, was fertig ist: noch einmal unter diesem Namen exportieren, und es geht weiter.</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>Export abbrechen</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>The export of {name} was stopped.</source>
        <translation>Der Export von {name} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>What is done is kept, and the export can go on from there.</source>
        <translation>Was fertig ist, bleibt erhalten, und der Export kann dort weitergehen.</translation>
    </message>
</context>
<context>
    <name>FilmView</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>Set points in the frame</source>
        <translation>Punkte ins Bild setzen</translation>
    </message>
    <message>
        <source>Click into the frame to say which colour is there; it follows its thing (P)</source>
        <translation>Ins Bild klicken und sagen, welche Farbe dort ist; sie folgt ihrem Ding (P)</translation>
    </message>
    <message>
        <source>Save the colour of a point under a name to have it for other shots and films.</source>
        <translation>Die Farbe eines Punktes unter einem Namen sichern, um sie für andere Einstellungen und Filme zu haben.</translation>
    </message>
    <message>
        <source>Keep it under a name, for other shots, films and photos</source>
        <translation>Unter einem Namen sichern, für andere Einstellungen, Filme und Fotos</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Write the film in colour to a file (Ctrl+Shift+E)</source>
        <translation>Den Film in Farbe in eine Datei schreiben (Strg+Umschalt+E)</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Play what is exported just as it will be: steady, and every frame (V)</source>
        <translation>Abspielen, was exportiert wird, genau wie es sein wird: ruhig und jedes Bild (V)</translation>
    </message>
</context>
<context>
    <name>Filming</name>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Nothing was changed. Try another film.</source>
        <translation>Es wurde nichts geändert. Einen anderen Film versuchen.</translation>
    </message>
    <message>
        <source>The shots of {name} are not known.</source>
        <translation>Die Einstellungen von {name} sind nicht bekannt.</translation>
    </message>
    <message>
        <source>Looks of single shots and colour points need them.</source>
        <translation>Eigene Looks einzelner Einstellungen und Farbpunkte brauchen sie.</translation>
    </message>
    <message>
        <source>Look for them again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking for the shots of {name}</source>
        <translation>Einstellungen von {name} werden gesucht</translation>
    </message>
    <message>
        <source>No device for sound was found.</source>
        <translation>Kein Gerät für Ton gefunden.</translation>
    </message>
    <message>
        <source>The film is played without its sound.</source>
        <translation>Der Film wird ohne Ton abgespielt.</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>change of working size</source>
        <translation>Arbeitsgröße ändern</translation>
    </message>
    <message>
        <source>reset of model and size</source>
        <translation>Modell und Größe zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Photos of this folder</source>
        <translation>Fotos dieses Ordners</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>No photos are open to look through.</source>
        <translation>Keine Fotos sind offen, die durchsucht werden könnten.</translation>
    </message>
    <message>
        <source>Open a folder of photos first.</source>
        <translation>Erst einen Ordner mit Fotos öffnen.</translation>
    </message>
    <message>
        <source>Looking for “{name}”</source>
        <translation>„{name}“ wird gesucht</translation>
    </message>
    <message>
        <source>Nothing like “{name}” was found. Photos searched: {count}.</source>
        <translation>Nichts wie „{name}“ wurde gefunden. Durchsuchte Fotos: {count}.</translation>
    </message>
    <message>
        <source>Cannot be read: {names}.</source>
        <translation>Nicht lesbar: {names}.</translation>
    </message>
    <message>
        <source>The search was stopped; photos not looked at: {count}.</source>
        <translation>Die Suche wurde angehalten; nicht angesehene Fotos: {count}.</translation>
    </message>
    <message>
        <source>“{name}” where it was found</source>
        <translation>„{name}“, wo es gefunden wurde</translation>
    </message>
    <message>
        <source>The colour is set. Photos changed: {count}.</source>
        <translation>Die Farbe ist gesetzt. Geänderte Fotos: {count}.</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
</context>
<context>
    <name>GamutPicker</name>
    <message>
        <source>Colour at this lightness</source>
        <translation>Farbe bei dieser Helligkeit</translation>
    </message>
    <message>
        <source>Arrow keys change the colour, with Shift in large steps.</source>
        <translation>Pfeiltasten ändern die Farbe, mit Umschalt in großen Schritten.</translation>
    </message>
    <message>
        <source>All colours that a screen can show at the lightness of this place</source>
        <translation>Alle Farben, die ein Bildschirm bei der Helligkeit dieser Stelle zeigen kann</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>Hold to see the original (O or \)</source>
        <translation>Halten, um das Original zu sehen (O oder \)</translation>
    </message>
    <message>
        <source>Hold to see the original</source>
        <translation>Halten, um das Original zu sehen</translation>
    </message>
    <message>
        <source>Drag the coloured photo to a folder or another program; a click copies it</source>
        <translation>Das kolorierte Foto in einen Ordner oder ein anderes Programm ziehen; ein Klick kopiert es</translation>
    </message>
    <message>
        <source>Drag the coloured photo out, or copy it</source>
        <translation>Das kolorierte Foto herausziehen oder kopieren</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>On the photo</source>
        <translation>Auf dem Foto</translation>
    </message>
    <message>
        <source>See the original as long as it is held</source>
        <translation>Das Original sehen, solange gehalten wird</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Drag, Space and drag, arrows</source>
        <translation>Ziehen, Leertaste und ziehen, Pfeiltasten</translation>
    </message>
    <message>
        <source>Whole photo or its own pixels</source>
        <translation>Ganzes Foto oder seine einzelnen Pixel</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>Trennlinie verschieben</translation>
    </message>
    <message>
        <source>Drag, arrows</source>
        <translation>Ziehen, Pfeiltasten</translation>
    </message>
    <message>
        <source>On a film</source>
        <translation>Im Film</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>A frame back or on</source>
        <translation>Ein Bild zurück oder weiter</translation>
    </message>
    <message>
        <source>Left, right</source>
        <translation>Links, rechts</translation>
    </message>
    <message>
        <source>A shot back or on</source>
        <translation>Eine Einstellung zurück oder weiter</translation>
    </message>
    <message>
        <source>Up, down</source>
        <translation>Auf, ab</translation>
    </message>
    <message>
        <source>The export begins or ends here</source>
        <translation>Der Export beginnt oder endet hier</translation>
    </message>
    <message>
        <source>Split the clip at the playhead</source>
        <translation>Clip beim Abspielkopf teilen</translation>
    </message>
    <message>
        <source>Set colour points in the shot</source>
        <translation>Farbpunkte in die Einstellung setzen</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>As opened</source>
        <translation>Wie geöffnet</translation>
    </message>
    <message>
        <source>History of the photo</source>
        <translation>Verlauf des Fotos</translation>
    </message>
    <message>
        <source>Go back to any step; nothing after it is lost.</source>
        <translation>Zu jedem Schritt zurückgehen; nichts danach geht verloren.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Values of one pixel</source>
        <translation>Werte eines Pixels</translation>
    </message>
    <message>
        <source>R G B</source>
        <translation>R G B</translation>
    </message>
    <message>
        <source>L*  a*  b*</source>
        <translation>L*  a*  b*</translation>
    </message>
    <message>
        <source>ΔE</source>
        <translation>ΔE</translation>
    </message>
    <message>
        <source>Pixel: point at a picture, or Alt and arrows</source>
        <translation>Pixel: auf ein Bild zeigen, oder Alt und Pfeiltasten</translation>
    </message>
    <message>
        <source>Pixel {x}, {y}</source>
        <translation>Pixel {x}, {y}</translation>
    </message>
</context>
<context>
    <name>Introduction</name>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Leave the introduction; Help shows it again</source>
        <translation>Die Einführung verlassen; die Hilfe zeigt sie wieder</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Step {number} of {count}</source>
        <translation>Schritt {number} von {count}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Anfangen</translation>
    </message>
    <message>
        <source>ColorDesk</source>
        <translation>ColorDesk</translation>
    </message>
    <message>
        <source>Black and white becomes colour</source>
        <translation>Aus Schwarzweiß wird Farbe</translation>
    </message>
    <message>
        <source>A model that has seen many photographs gives yours the colours that things usually have. Light and shadow stay exactly as they are.</source>
        <translation>Ein Modell, das viele Fotografien gesehen hat, gibt Ihrem Foto die Farben, die die Dinge gewöhnlich haben. Licht und Schatten bleiben genau, wie sie sind.</translation>
    </message>
    <message>
        <source>It cannot know what colour a coat really was. Where you do, set a colour point, or take the colours of another photo as a reference.</source>
        <translation>Es kann nicht wissen, welche Farbe ein Mantel wirklich hatte. Wo Sie es wissen, setzen Sie einen Farbpunkt, oder nehmen Sie ein anderes Foto als Vorlage für die Farben.</translation>
    </message>
    <message>
        <source>All of it happens on this computer. Nothing is sent anywhere.</source>
        <translation>All das geschieht auf diesem Rechner. Nichts wird irgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Astronaut</source>
        <translation>Astronautin</translation>
    </message>
    <message>
        <source>Photographer</source>
        <translation>Fotograf</translation>
    </message>
    <message>
        <source>Cat</source>
        <translation>Katze</translation>
    </message>
    <message>
        <source>Coffee</source>
        <translation>Kaffee</translation>
    </message>
    <message>
        <source>Rocket</source>
        <translation>Rakete</translation>
    </message>
    <message>
        <source>Open the sample {name}</source>
        <translation>Beispiel öffnen: {name}</translation>
    </message>
    <message>
        <source>Try it on a sample</source>
        <translation>An einem Beispiel versuchen</translation>
    </message>
    <message>
        <source>Click a photograph: it opens in colour, beside the original.</source>
        <translation>Klicken Sie auf ein Foto: Es öffnet sich in Farbe, neben dem Original.</translation>
    </message>
    <message>
        <source>Drag the divider to compare, hold O to see the original, and move the sliders at the right. Whatever you do can be undone.</source>
        <translation>Ziehen Sie den Teiler, um zu vergleichen, halten Sie O, um das Original zu sehen, und bewegen Sie die Regler rechts. Alles, was Sie tun, lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>Foto öffnen…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Then open your own</source>
        <translation>Dann die eigenen öffnen</translation>
    </message>
    <message>
        <source>Drop photos, a folder or a film anywhere in this window, or open them.</source>
        <translation>Lassen Sie Fotos, einen Ordner oder einen Film irgendwo in diesem Fenster fallen, oder öffnen Sie sie.</translation>
    </message>
    <message>
        <source>Save puts the result beside the original, with “-color” after its name, at full size. The original itself is never written over.</source>
        <translation>Speichern legt das Ergebnis in voller Größe neben das Original, mit „-color“ nach dem Namen. Das Original selbst wird nie überschrieben.</translation>
    </message>
    <message>
        <source>What you chose for a photo is kept beside it as well, so that you can go on another day.</source>
        <translation>Was Sie für ein Foto gewählt haben, liegt ebenfalls daneben, so dass Sie an einem anderen Tag weitermachen können.</translation>
    </message>
</context>
<context>
    <name>IntroductionDialog</name>
    <message>
        <source>Introduction</source>
        <translation>Einführung</translation>
    </message>
</context>
<context>
    <name>JobLine</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{text}  (+{count} more)</source>
        <translation>{text}  (+{count} weitere)</translation>
    </message>
    <message>
        <source>Cancel: {job}</source>
        <translation>Abbrechen: {job}</translation>
    </message>
</context>
<context>
    <name>KeptAnswers</name>
    <message>
        <source>What models said of the frames of films is kept, so that another look, codec or range does not ask them again. The oldest goes first.</source>
        <translation>Was Modelle zu den Bildern von Filmen sagten, wird behalten, damit ein anderer Look, Codec oder Ausschnitt sie nicht noch einmal fragt. Das Älteste geht zuerst.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the kept answers of the models</source>
        <translation>Behaltene Antworten der Modelle löschen</translation>
    </message>
    <message>
        <source>{taken} MB of at most {limit} MB</source>
        <translation>{taken} MB von höchstens {limit} MB</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Save the pasted picture?</source>
        <translation>Eingefügtes Bild speichern?</translation>
    </message>
    <message>
        <source>It has no file of its own. If it is not saved, it is gone.</source>
        <translation>Es hat keine eigene Datei. Wird es nicht gespeichert, ist es verloren.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>A photo is still being saved</source>
        <translation>Ein Foto wird noch gespeichert</translation>
    </message>
    <message>
        <source>If ColorDesk closes now, that photo is not written.</source>
        <translation>Schließt ColorDesk jetzt, wird dieses Foto nicht geschrieben.</translation>
    </message>
    <message>
        <source>Wait, then close</source>
        <translation>Warten, dann schließen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Abbrechen und schließen</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>Keep your changes?</source>
        <translation>Änderungen sichern?</translation>
    </message>
    <message>
        <source>The settings for {names} are kept in a small file beside each photo and come back when you open it. Coloured pictures are written only by Save.</source>
        <translation>Die Einstellungen für {names} werden in einer kleinen Datei neben jedem Foto gesichert und sind beim nächsten Öffnen wieder da. Kolorierte Bilder schreibt nur „Speichern“.</translation>
    </message>
    <message>
        <source>Keep changes</source>
        <translation>Änderungen sichern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>{most} and more</source>
        <translation>{most} und mehr</translation>
    </message>
    <message>
        <source>CIEDE2000 between result and truth; about 1 can just be seen.</source>
        <translation>CIEDE2000 zwischen Ergebnis und echten Farben; etwa 1 ist gerade noch zu sehen.</translation>
    </message>
    <message>
        <source>Error of a* (to the right) and b* (up): its direction as hue, its length as light, up to {most}.</source>
        <translation>Fehler von a* (nach rechts) und b* (nach oben): seine Richtung als Farbton, seine Länge als Helligkeit, bis {most}.</translation>
    </message>
    <message>
        <source>Error of L*: blue is too dark, orange too light. ColorDesk keeps the photo&apos;s lightness, so there should be none.</source>
        <translation>Fehler von L*: Blau ist zu dunkel, Orange zu hell. ColorDesk behält die Helligkeit des Fotos, also sollte es keinen geben.</translation>
    </message>
</context>
<context>
    <name>LookPanel</name>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>From the gray photo to full colour.</source>
        <translation>Vom grauen Foto bis zur vollen Farbe.</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>Sättigung</translation>
    </message>
    <message>
        <source>How vivid the colours are.</source>
        <translation>Wie kräftig die Farben sind.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Cooler or warmer light.</source>
        <translation>Kühleres oder wärmeres Licht.</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>Tönung</translation>
    </message>
    <message>
        <source>Greener or pinker light.</source>
        <translation>Grünlicheres oder rosigeres Licht.</translation>
    </message>
    <message>
        <source>change of strength</source>
        <translation>Stärke ändern</translation>
    </message>
    <message>
        <source>change of saturation</source>
        <translation>Sättigung ändern</translation>
    </message>
    <message>
        <source>change of temperature</source>
        <translation>Temperatur ändern</translation>
    </message>
    <message>
        <source>change of tint</source>
        <translation>Tönung ändern</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Reset the colour sliders</source>
        <translation>Farbregler zurücksetzen</translation>
    </message>
    <message>
        <source>reset of the colour sliders</source>
        <translation>Farbregler zurücksetzen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Panels</source>
        <translation>Bedienfelder</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>ColorDesk</source>
        <translation>ColorDesk</translation>
    </message>
</context>
<context>
    <name>Matches</name>
    <message>
        <source>Where “{name}” may be</source>
        <translation>Wo „{name}“ sein könnte</translation>
    </message>
    <message>
        <source>Photos searched: {photos}. Places that look like “{name}”: {count}. Check those where it is; only they get a colour point.</source>
        <translation>Durchsuchte Fotos: {photos}. Stellen, die wie „{name}“ aussehen: {count}. Haken Sie die an, an denen es zu sehen ist; nur sie bekommen einen Farbpunkt.</translation>
    </message>
    <message>
        <source>Places that were found</source>
        <translation>Gefundene Stellen</translation>
    </message>
    <message>
        <source>{name}
{percent} % alike</source>
        <translation>{name}
{percent} % ähnlich</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Alle anhaken</translation>
    </message>
    <message>
        <source>Check none</source>
        <translation>Keine anhaken</translation>
    </message>
    <message>
        <source>Show this photo</source>
        <translation>Dieses Foto zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Set colour points</source>
        <translation>Farbpunkte setzen</translation>
    </message>
</context>
<context>
    <name>Measure</name>
    <message>
        <source>CIEDE2000</source>
        <translation>CIEDE2000</translation>
    </message>
    <message>
        <source>Mean difference of colour as people see it; about 1 can just be seen.</source>
        <translation>Mittlerer Farbunterschied, wie Menschen ihn sehen; etwa 1 ist gerade noch zu sehen.</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio over R, G and B.</source>
        <translation>Spitzen-Signal-Rausch-Verhältnis über R, G und B.</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>Whether small windows have the same pattern in R, G and B; 1 is the same.</source>
        <translation>Ob kleine Fenster in R, G und B dasselbe Muster haben; 1 ist dasselbe.</translation>
    </message>
    <message>
        <source>Saturation bias</source>
        <translation>Sättigungsfehler</translation>
    </message>
    <message>
        <source>Mean chroma less that of the truth; below 0 the colours are too dull.</source>
        <translation>Mittlere Buntheit minus die der echten Farben; unter 0 sind die Farben zu matt.</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>Farbigkeit</translation>
    </message>
    <message>
        <source>How colourful the picture is; 0 is gray, 33 moderate, 82 very much.</source>
        <translation>Wie farbig das Bild ist; 0 ist grau, 33 mäßig, 82 sehr farbig.</translation>
    </message>
    <message>
        <source>Palette against truth</source>
        <translation>Palette zu echt</translation>
    </message>
    <message>
        <source>How different the share of each colour is from the truth&apos;s, wherever the colours are; 0 the same, 1 nothing in common.</source>
        <translation>Wie sehr sich der Anteil jeder Farbe von dem der echten unterscheidet, gleich wo die Farben liegen; 0 derselbe, 1 nichts gemeinsam.</translation>
    </message>
    <message>
        <source>AuC, balanced</source>
        <translation>AuC, ausgewogen</translation>
    </message>
    <message>
        <source>The same with rare true colours counting more, so that gray is no safe answer.</source>
        <translation>Dasselbe, wobei seltene echte Farben mehr zählen, sodass Grau keine sichere Antwort ist.</translation>
    </message>
    <message>
        <source>Patchiness</source>
        <translation>Fleckigkeit</translation>
    </message>
    <message>
        <source>How strong blotches of colour are where the lightness is even.</source>
        <translation>Wie stark Farbflecken dort sind, wo die Helligkeit gleichmäßig ist.</translation>
    </message>
    <message>
        <source>Edge bleeding</source>
        <translation>Farbsäume</translation>
    </message>
    <message>
        <source>Which share of the change of colour at edges lies beside the edge instead of at it.</source>
        <translation>Welcher Anteil des Farbwechsels an Kanten neben statt auf der Kante liegt.</translation>
    </message>
    <message>
        <source>Δ colourfulness</source>
        <translation>Δ Farbigkeit</translation>
    </message>
    <message>
        <source>By how much the colourfulness differs from the truth&apos;s, either way.</source>
        <translation>Um wie viel die Farbigkeit von der echten abweicht, gleich in welche Richtung.</translation>
    </message>
    <message>
        <source>AuC</source>
        <translation>AuC</translation>
    </message>
    <message>
        <source>Area under the share of pixels whose a*b* is within a threshold, from 0 to 150.</source>
        <translation>Fläche unter dem Anteil der Pixel, deren a*b* innerhalb einer Schwelle liegt, von 0 bis 150.</translation>
    </message>
    <message>
        <source>CIE76</source>
        <translation>CIE76</translation>
    </message>
    <message>
        <source>Mean distance in CIELAB, in true units.</source>
        <translation>Mittlerer Abstand in CIELAB, in dessen Einheiten.</translation>
    </message>
    <message>
        <source>CIE94</source>
        <translation>CIE94</translation>
    </message>
    <message>
        <source>Mean CIE 1994 difference, weights for graphic arts, the truth as reference.</source>
        <translation>Mittlerer Unterschied nach CIE 1994, Gewichte für Grafik, die echten Farben als Bezug.</translation>
    </message>
    <message>
        <source>PSNR of ab</source>
        <translation>PSNR von ab</translation>
    </message>
    <message>
        <source>Peak signal-to-noise ratio over a* and b* alone, peak 255.</source>
        <translation>Spitzen-Signal-Rausch-Verhältnis nur über a* und b*, Spitze 255.</translation>
    </message>
    <message>
        <source>MSE</source>
        <translation>MSE</translation>
    </message>
    <message>
        <source>Mean squared error over R, G and B in 0 to 1.</source>
        <translation>Mittlerer quadratischer Fehler über R, G und B von 0 bis 1.</translation>
    </message>
    <message>
        <source>MS-SSIM</source>
        <translation>MS-SSIM</translation>
    </message>
    <message>
        <source>SSIM over five scales; not defined for pictures with a side under 176 pixels.</source>
        <translation>SSIM über fünf Maßstäbe; nicht definiert für Bilder mit einer Seite unter 176 Pixeln.</translation>
    </message>
    <message>
        <source>Colourfulness (DDColor)</source>
        <translation>Farbigkeit (DDColor)</translation>
    </message>
    <message>
        <source>The same with the opponent channels taken without their sign, as DDColor computes it; not comparable with the other.</source>
        <translation>Dasselbe mit den Gegenfarbkanälen ohne Vorzeichen, wie DDColor es berechnet; mit dem anderen nicht vergleichbar.</translation>
    </message>
    <message>
        <source>Palette against photographs</source>
        <translation>Palette gegen Fotografien</translation>
    </message>
    <message>
        <source>How different the share of each colour is from that in thousands of photographs; 0 the same, 1 nothing in common.</source>
        <translation>Wie sehr sich der Anteil jeder Farbe von dem in Tausenden Fotografien unterscheidet; 0 derselbe, 1 nichts gemeinsam.</translation>
    </message>
    <message>
        <source>Gray share</source>
        <translation>Grauanteil</translation>
    </message>
    <message>
        <source>Share of pixels with hardly any colour (chroma below 5).</source>
        <translation>Anteil der Pixel mit kaum Farbe (Buntheit unter 5).</translation>
    </message>
    <message>
        <source>Colour cast</source>
        <translation>Farbstich</translation>
    </message>
    <message>
        <source>Chroma of the mean colour: large where everything leans to one hue.</source>
        <translation>Buntheit der mittleren Farbe: groß, wo alles zu einem Farbton neigt.</translation>
    </message>
    <message>
        <source>Cast error</source>
        <translation>Farbstichfehler</translation>
    </message>
    <message>
        <source>Distance in a*b* between the mean colour and the truth&apos;s.</source>
        <translation>Abstand in a*b* zwischen der mittleren Farbe und der echten.</translation>
    </message>
    <message>
        <source>Loss of paper 000</source>
        <translation>Verlust aus Artikel 000</translation>
    </message>
    <message>
        <source>Half the squared error of a* and b*, summed over the picture. A picture of another size counts as if it had 224 x 224 pixels.</source>
        <translation>Der halbe quadratische Fehler von a* und b*, summiert über das Bild. Ein Bild anderer Größe zählt, als hätte es 224 x 224 Pixel.</translation>
    </message>
    <message>
        <source>L2 distance of paper 001</source>
        <translation>L2-Abstand aus Artikel 001</translation>
    </message>
    <message>
        <source>Root of the squared error of a* and b*, summed over the picture. A picture of another size counts as if it had 224 x 224 pixels.</source>
        <translation>Wurzel des quadratischen Fehlers von a* und b*, summiert über das Bild. Ein Bild anderer Größe zählt, als hätte es 224 x 224 Pixel.</translation>
    </message>
    <message>
        <source>Wrong pixels of paper 001</source>
        <translation>Falsche Pixel aus Artikel 001</translation>
    </message>
    <message>
        <source>How many pixels are off by 10 or more in a*b*. A picture of another size counts as if it had 224 x 224 pixels.</source>
        <translation>Wie viele Pixel in a*b* um 10 oder mehr danebenliegen. Ein Bild anderer Größe zählt, als hätte es 224 x 224 Pixel.</translation>
    </message>
    <message>
        <source>CIE76 of paper 002, scaled</source>
        <translation>CIE76 aus Artikel 002, skaliert</translation>
    </message>
    <message>
        <source>Mean distance in CIELAB with L* divided by 100 and a* and b* by 127, as the paper&apos;s code has it for ECCV16, SIGGRAPH17 and CWGAN; about a hundredth of CIE76.</source>
        <translation>Mittlerer Abstand in CIELAB, L* durch 100 und a* und b* durch 127 geteilt, wie ihn der Code des Artikels für ECCV16, SIGGRAPH17 und CWGAN hat; etwa ein Hundertstel von CIE76.</translation>
    </message>
    <message>
        <source>CIE76 of paper 002, of HLS</source>
        <translation>CIE76 aus Artikel 002, von HLS</translation>
    </message>
    <message>
        <source>CIE76 of hue, lightness and saturation taken for red, green and blue, as the paper&apos;s code has it for its own network; comparable with nothing else.</source>
        <translation>CIE76 von Farbton, Helligkeit und Sättigung, genommen für Rot, Grün und Blau, wie es der Code des Artikels für das eigene Netz hat; mit nichts anderem vergleichbar.</translation>
    </message>
    <message>
        <source>UV loss of paper 004</source>
        <translation>UV-Verlust aus Artikel 004</translation>
    </message>
    <message>
        <source>Mean squared error of U and V in their own units; the paper&apos;s gray picture has 0.005163.</source>
        <translation>Mittlerer quadratischer Fehler von U und V in ihren eigenen Einheiten; das graue Bild des Artikels hat 0,005163.</translation>
    </message>
    <message>
        <source>LPIPS</source>
        <translation>LPIPS</translation>
    </message>
    <message>
        <source>How different a network sees the two pictures, shrunk to a short side of 256 pixels.</source>
        <translation>Wie verschieden ein Netz die beiden Bilder sieht, verkleinert auf eine kurze Seite von 256 Pixeln.</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Erkennung</translation>
    </message>
    <message>
        <source>Whether VGG16 takes the picture for the same thing as the truth (its first guess).</source>
        <translation>Ob VGG16 auf dem Bild dasselbe erkennt wie auf dem echten (seine erste Vermutung).</translation>
    </message>
    <message>
        <source>FID</source>
        <translation>FID</translation>
    </message>
    <message>
        <source>Distance between all results and all truths as a network sees them; depends on the number of photos, and is of little worth below some hundred.</source>
        <translation>Abstand zwischen allen Ergebnissen und allen echten Bildern, wie ein Netz sie sieht; hängt von der Zahl der Fotos ab und taugt unter einigen Hundert wenig.</translation>
    </message>
    <message>
        <source>Warped colour error</source>
        <translation>Farbfehler entlang der Bewegung</translation>
    </message>
    <message>
        <source>How much the colour of a thing changes from one frame to the next while it moves.</source>
        <translation>Wie sehr sich die Farbe eines Gegenstands von einem Bild zum nächsten ändert, während er sich bewegt.</translation>
    </message>
    <message>
        <source>Colour distribution consistency (CDC)</source>
        <translation>Beständigkeit der Farbverteilung (CDC)</translation>
    </message>
    <message>
        <source>How much the shares of the colours change over one, two and four frames.</source>
        <translation>Wie sehr sich die Anteile der Farben über ein, zwei und vier Bilder ändern.</translation>
    </message>
    <message>
        <source>Colour flicker</source>
        <translation>Farbflackern</translation>
    </message>
    <message>
        <source>How far the colour at a place jumps out of line with the frames before and after.</source>
        <translation>Wie weit die Farbe an einer Stelle aus der Reihe mit den Bildern davor und danach springt.</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>&amp;Fotos</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open all photos of a folder</source>
        <translation>Alle Fotos eines Ordners öffnen</translation>
    </message>
    <message>
        <source>Open the Sample &amp;Photograph</source>
        <translation>Beis&amp;pielfoto öffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save the coloured photo beside the original</source>
        <translation>Koloriertes Foto neben dem Original speichern</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Open photos or a film</source>
        <translation>Fotos oder einen Film öffnen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Close the photo or the film</source>
        <translation>Foto oder Film schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Paste Picture</source>
        <translation>Bild &amp;einfügen</translation>
    </message>
    <message>
        <source>Open the picture or file on the clipboard</source>
        <translation>Bild oder Datei aus der Zwischenablage öffnen</translation>
    </message>
    <message>
        <source>Reset &amp;Everything</source>
        <translation>Alles &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>&amp;Nachher</translation>
    </message>
    <message>
        <source>After only</source>
        <translation>Nur das Ergebnis</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>Ge&amp;teilt</translation>
    </message>
    <message>
        <source>Before and after with a divider</source>
        <translation>Vorher und nachher mit Trennlinie</translation>
    </message>
    <message>
        <source>Side &amp;by Side</source>
        <translation>Ne&amp;beneinander</translation>
    </message>
    <message>
        <source>Before and after side by side</source>
        <translation>Vorher und nachher nebeneinander</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleichen</translation>
    </message>
    <message>
        <source>Compare the results of models and edits, and choose one</source>
        <translation>Ergebnisse von Modellen und Bearbeitungen vergleichen und eines wählen</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>See the whole photo</source>
        <translation>Das ganze Foto sehen</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>See the photo&apos;s own pixels</source>
        <translation>Die einzelnen Pixel des Fotos sehen</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>Be&amp;dienfelder</translation>
    </message>
    <message>
        <source>Fil&amp;mstrip</source>
        <translation>&amp;Filmstreifen</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Farbsche&amp;ma</translation>
    </message>
    <message>
        <source>&amp;Next Photo</source>
        <translation>&amp;Nächstes Foto</translation>
    </message>
    <message>
        <source>&amp;Previous Photo</source>
        <translation>&amp;Voriges Foto</translation>
    </message>
    <message>
        <source>&amp;Forget Recent Photos</source>
        <translation>&amp;Liste zuletzt geöffneter Fotos leeren</translation>
    </message>
    <message>
        <source>&amp;Keyboard and Mouse</source>
        <translation>&amp;Tastatur und Maus</translation>
    </message>
    <message>
        <source>&amp;Introduction</source>
        <translation>E&amp;inführung</translation>
    </message>
    <message>
        <source>What ColorDesk does, in three steps</source>
        <translation>Was ColorDesk tut, in drei Schritten</translation>
    </message>
    <message>
        <source>&amp;About ColorDesk</source>
        <translation>Ü&amp;ber ColorDesk</translation>
    </message>
    <message>
        <source>Export &amp;Before and After…</source>
        <translation>&amp;Vorher und nachher exportieren…</translation>
    </message>
    <message>
        <source>Write a picture or a short film that shows before and after</source>
        <translation>Ein Bild oder einen kurzen Film schreiben, der vorher und nachher zeigt</translation>
    </message>
    <message>
        <source>Cop&amp;y Result</source>
        <translation>Er&amp;gebnis kopieren</translation>
    </message>
    <message>
        <source>Put the coloured photo on the clipboard</source>
        <translation>Koloriertes Foto in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Pri&amp;nt…</source>
        <translation>D&amp;rucken…</translation>
    </message>
    <message>
        <source>Show in Fol&amp;der</source>
        <translation>&amp;Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open the photo&apos;s folder in the file manager</source>
        <translation>Ordner des Fotos in der Dateiverwaltung öffnen</translation>
    </message>
    <message>
        <source>Select A&amp;ll Photos</source>
        <translation>&amp;Alle Fotos auswählen</translation>
    </message>
    <message>
        <source>Choose all photos in the filmstrip</source>
        <translation>Alle Fotos im Filmstreifen auswählen</translation>
    </message>
    <message>
        <source>&amp;Copy Edit</source>
        <translation>Bearbeitung &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy model and look of this photo, to paste them to others</source>
        <translation>Modell und Farben dieses Fotos kopieren, um sie auf andere zu übertragen</translation>
    </message>
    <message>
        <source>&amp;Paste Edit</source>
        <translation>Bearbeitung &amp;einfügen</translation>
    </message>
    <message>
        <source>Paste the copied edit to all chosen photos</source>
        <translation>Kopierte Bearbeitung auf alle ausgewählten Fotos übertragen</translation>
    </message>
    <message>
        <source>&amp;Reset Chosen Photos</source>
        <translation>Ausgewählte Fotos &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Take back everything that was chosen for these photos</source>
        <translation>Alles zurücknehmen, was für diese Fotos gewählt wurde</translation>
    </message>
    <message>
        <source>&amp;Keep Edits</source>
        <translation>Bearbeitungen &amp;sichern</translation>
    </message>
    <message>
        <source>Keep all edits in small files beside the photos</source>
        <translation>Alle Bearbeitungen in kleinen Dateien neben den Fotos sichern</translation>
    </message>
    <message>
        <source>Colour It Any&amp;way</source>
        <translation>&amp;Trotzdem kolorieren</translation>
    </message>
    <message>
        <source>Replace the colours that this photo has with those of a model</source>
        <translation>Die Farben dieses Fotos durch die eines Modells ersetzen</translation>
    </message>
    <message>
        <source>&amp;Save as Preset…</source>
        <translation>Als Vor&amp;gabe speichern…</translation>
    </message>
    <message>
        <source>Keep model and look of this photo under a name</source>
        <translation>Modell und Farben dieses Fotos unter einem Namen aufheben</translation>
    </message>
    <message>
        <source>&amp;Queue Photos…</source>
        <translation>&amp;Fotos einreihen…</translation>
    </message>
    <message>
        <source>Colour and save the chosen photos one after the other</source>
        <translation>Ausgewählte Fotos nacheinander kolorieren und speichern</translation>
    </message>
    <message>
        <source>Queue a &amp;Folder…</source>
        <translation>&amp;Ordner einreihen…</translation>
    </message>
    <message>
        <source>Colour and save all photos of a folder, without opening it</source>
        <translation>Alle Fotos eines Ordners kolorieren und speichern, ohne ihn zu öffnen</translation>
    </message>
    <message>
        <source>Show the Q&amp;ueue</source>
        <translation>&amp;Warteschlange zeigen</translation>
    </message>
    <message>
        <source>Turn &amp;Left</source>
        <translation>Nach &amp;links drehen</translation>
    </message>
    <message>
        <source>Turn R&amp;ight</source>
        <translation>Nach &amp;rechts drehen</translation>
    </message>
    <message>
        <source>&amp;Mirror</source>
        <translation>&amp;Spiegeln</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>Links und rechts spiegeln</translation>
    </message>
    <message>
        <source>&amp;Crop</source>
        <translation>&amp;Zuschneiden</translation>
    </message>
    <message>
        <source>Choose what to keep of the photo</source>
        <translation>Wählen, was vom Foto bleiben soll</translation>
    </message>
    <message>
        <source>Rectif&amp;y Print</source>
        <translation>Abzug &amp;entzerren</translation>
    </message>
    <message>
        <source>Lay four corners on a photographed print</source>
        <translation>Vier Ecken auf einen abfotografierten Abzug legen</translation>
    </message>
    <message>
        <source>Colour &amp;Points</source>
        <translation>Farb&amp;punkte</translation>
    </message>
    <message>
        <source>Set colour points in the photo</source>
        <translation>Farbpunkte im Foto setzen</translation>
    </message>
    <message>
        <source>&amp;Hide Points</source>
        <translation>Punkte aus&amp;blenden</translation>
    </message>
    <message>
        <source>Hide the marks of the points; they still colour the photo</source>
        <translation>Markierungen der Punkte ausblenden; sie färben das Foto weiterhin</translation>
    </message>
    <message>
        <source>&amp;Save Colour of the Point…</source>
        <translation>&amp;Farbe des Punktes sichern…</translation>
    </message>
    <message>
        <source>Keep the colour of the chosen point under a name</source>
        <translation>Die Farbe des gewählten Punktes unter einem Namen behalten</translation>
    </message>
    <message>
        <source>&amp;Find Saved Colour in Open Photos</source>
        <translation>Gesicherte Farbe in &amp;offenen Fotos suchen</translation>
    </message>
    <message>
        <source>Look for the thing of the chosen saved colour</source>
        <translation>Die Sache der gewählten gesicherten Farbe suchen</translation>
    </message>
    <message>
        <source>&amp;Brush over Areas</source>
        <translation>Bereiche &amp;malen</translation>
    </message>
    <message>
        <source>Paint where there is to be less colour, or none</source>
        <translation>Malen, wo weniger oder keine Farbe sein soll</translation>
    </message>
    <message>
        <source>Open Fil&amp;m…</source>
        <translation>Fil&amp;m öffnen…</translation>
    </message>
    <message>
        <source>Open a film or a film project</source>
        <translation>Film oder Filmprojekt öffnen</translation>
    </message>
    <message>
        <source>Open N&amp;umbered Frames…</source>
        <translation>&amp;Nummerierte Bilder öffnen…</translation>
    </message>
    <message>
        <source>Open a folder of numbered pictures as a film</source>
        <translation>Ordner mit nummerierten Bildern als Film öffnen</translation>
    </message>
    <message>
        <source>Save Film Pro&amp;ject As…</source>
        <translation>Filmpro&amp;jekt sichern unter…</translation>
    </message>
    <message>
        <source>Keep the clips and all that is chosen for them in a file</source>
        <translation>Die Clips und alles, was für sie gewählt wurde, in einer Datei behalten</translation>
    </message>
    <message>
        <source>Export F&amp;ilm…</source>
        <translation>Film e&amp;xportieren…</translation>
    </message>
    <message>
        <source>Write the film in colour to a file</source>
        <translation>Film in Farbe in eine Datei schreiben</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Saved as {name}</source>
        <translation>Gespeichert als {name}</translation>
    </message>
</context>
<context>
    <name>Model</name>
    <message>
        <source>General-purpose colour for photographs; takes colour points</source>
        <translation>Farbe für Fotos aller Art; nimmt Farbpunkte an</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The network that predicts the colours.</source>
        <translation>Das Netz, das die Farben vorhersagt.</translation>
    </message>
    <message>
        <source>Working size</source>
        <translation>Arbeitsgröße</translation>
    </message>
    <message>
        <source>Short side of the copy that the model looks at. Larger sees finer detail and takes longer; smaller gives calmer colours. The saved photo always has full size.</source>
        <translation>Kurze Seite der Kopie, die das Modell betrachtet. Größer sieht feinere Einzelheiten und dauert länger; kleiner gibt ruhigere Farben. Das gespeicherte Foto hat immer die volle Größe.</translation>
    </message>
    <message>
        <source>Reset model and size</source>
        <translation>Modell und Größe zurücksetzen</translation>
    </message>
    <message>
        <source>{id} (missing)</source>
        <translation>{id} (fehlt)</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Automatic ({side} px)</source>
        <translation>Automatisch ({side} px)</translation>
    </message>
    <message>
        <source>{side} px</source>
        <translation>{side} px</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>Values of one pixel</source>
        <translation>Werte eines Pixels</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Open photos or a film</source>
        <translation>Fotos oder einen Film öffnen</translation>
    </message>
    <message>
        <source>Photos and films ({patterns})</source>
        <translation>Fotos und Filme ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open all photos of a folder</source>
        <translation>Alle Fotos eines Ordners öffnen</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Copy a picture or a file, then paste it here.</source>
        <translation>Ein Bild oder eine Datei kopieren, dann hier einfügen.</translation>
    </message>
    <message>
        <source>That is an address in the network, and ColorDesk stays off the network.</source>
        <translation>Das ist eine Adresse im Netz, und ColorDesk geht nicht ins Netz.</translation>
    </message>
    <message>
        <source>Save the picture to a file first, then open the file.</source>
        <translation>Das Bild erst in einer Datei speichern, dann die Datei öffnen.</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>There is no photo in {folder}.</source>
        <translation>In {folder} ist kein Foto.</translation>
    </message>
    <message>
        <source>Folders inside it are not searched; open one of them.</source>
        <translation>Ordner darin werden nicht durchsucht; einen davon öffnen.</translation>
    </message>
    <message>
        <source>Opening the pasted picture</source>
        <translation>Eingefügtes Bild wird geöffnet</translation>
    </message>
    <message>
        <source>These pictures are numbered as the frames of a film are.</source>
        <translation>Diese Bilder sind nummeriert wie die eines Films.</translation>
    </message>
    <message>
        <source>Open as a film…</source>
        <translation>Als Film öffnen…</translation>
    </message>
    <message>
        <source>Nothing was changed. Try another photo.</source>
        <translation>Es wurde nichts geändert. Ein anderes Foto versuchen.</translation>
    </message>
</context>
<context>
    <name>OwnColours</name>
    <message>
        <source>This film has colours of its own.</source>
        <translation>Dieser Film hat eigene Farben.</translation>
    </message>
    <message>
        <source>What is exported has those of the model instead; the film itself stays as it is.</source>
        <translation>Was exportiert wird, hat stattdessen die des Modells; der Film selbst bleibt, wie er ist.</translation>
    </message>
</context>
<context>
    <name>Pane</name>
    <message>
        <source>Arrow keys move, plus and minus zoom, Alt and arrows probe a pixel.</source>
        <translation>Pfeiltasten bewegen, Plus und Minus zoomen, Alt und Pfeiltasten messen einen Pixel.</translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>edited, not kept yet</source>
        <translation>bearbeitet, noch nicht gesichert</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>saved in colour</source>
        <translation>in Farbe gespeichert</translation>
    </message>
    <message>
        <source>has colours of its own</source>
        <translation>hat eigene Farben</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>nicht lesbar</translation>
    </message>
</context>
<context>
    <name>PhotoPanel</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>No photo is open</source>
        <translation>Kein Foto geöffnet</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>{count} MP</source>
        <translation>{count} MP</translation>
    </message>
    <message>
        <source>{bits} bit {kind}</source>
        <translation>{bits} Bit {kind}</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>transparent</translation>
    </message>
    <message>
        <source>{dots} dpi</source>
        <translation>{dots} dpi</translation>
    </message>
</context>
<context>
    <name>PickColour</name>
    <message>
        <source>Take a colour from {name}</source>
        <translation>Eine Farbe aus {name} nehmen</translation>
    </message>
    <message>
        <source>Photo to take a colour from</source>
        <translation>Foto, aus dem eine Farbe genommen wird</translation>
    </message>
    <message>
        <source>Click a place, or go there with the arrow keys and press Enter.</source>
        <translation>Auf eine Stelle klicken, oder mit den Pfeiltasten hingehen und die Eingabetaste drücken.</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Plots</name>
    <message>
        <source>Plot</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Saturation: share of pixels by chroma</source>
        <translation>Sättigung: Anteil der Pixel nach Buntheit</translation>
    </message>
    <message>
        <source>Saturation: chroma by lightness</source>
        <translation>Sättigung: Buntheit nach Helligkeit</translation>
    </message>
    <message>
        <source>Histograms of a* and b*</source>
        <translation>Histogramme von a* und b*</translation>
    </message>
    <message>
        <source>Chromaticity: the a*b* plane</source>
        <translation>Farbart: die a*b*-Ebene</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>C*ab</source>
        <translation>C*ab</translation>
    </message>
    <message>
        <source>% of pixels with at least this chroma</source>
        <translation>% der Pixel mit mindestens dieser Buntheit</translation>
    </message>
    <message>
        <source>A curve below the truth (dashed) is too dull, one above it too vivid. {numbers}</source>
        <translation>Eine Kurve unter der echten (gestrichelt) ist zu matt, eine darüber zu kräftig. {numbers}</translation>
    </message>
    <message>
        <source>L*</source>
        <translation>L*</translation>
    </message>
    <message>
        <source>mean C*ab</source>
        <translation>mittleres C*ab</translation>
    </message>
    <message>
        <source>How much colour shadows, mid-tones and highlights have. {numbers}</source>
        <translation>Wie viel Farbe Tiefen, Mitteltöne und Lichter haben. {numbers}</translation>
    </message>
    <message>
        <source>share of pixels, log</source>
        <translation>Anteil der Pixel, log</translation>
    </message>
    <message>
        <source>Steep sides mean that strong colours are missing, the usual failing of colorizers. {numbers}</source>
        <translation>Steile Flanken bedeuten, dass kräftige Farben fehlen, der übliche Mangel beim Kolorieren. {numbers}</translation>
    </message>
    <message>
        <source>Where the picture&apos;s colours lie; the more pixels, the more opaque.</source>
        <translation>Wo die Farben des Bildes liegen; je mehr Pixel, desto deckender.</translation>
    </message>
</context>
<context>
    <name>Pointing</name>
    <message>
        <source>colour of a point</source>
        <translation>Farbe eines Punktes</translation>
    </message>
    <message>
        <source>name of a colour point</source>
        <translation>Name eines Farbpunkts</translation>
    </message>
    <message>
        <source>new colour point</source>
        <translation>Neuer Farbpunkt</translation>
    </message>
    <message>
        <source>move of a colour point</source>
        <translation>Farbpunkt verschieben</translation>
    </message>
    <message>
        <source>reach of a colour point</source>
        <translation>Reichweite eines Farbpunkts</translation>
    </message>
    <message>
        <source>keep gray</source>
        <translation>Grau lassen</translation>
    </message>
    <message>
        <source>removal of a colour point</source>
        <translation>Farbpunkt entfernen</translation>
    </message>
    <message>
        <source>removal of all colour points</source>
        <translation>Alle Farbpunkte entfernen</translation>
    </message>
</context>
<context>
    <name>PointsPanel</name>
    <message>
        <source>Set points in the photo</source>
        <translation>Punkte im Foto setzen</translation>
    </message>
    <message>
        <source>Click into the photo to say which colour is there (P)</source>
        <translation>Ins Foto klicken, um zu sagen, welche Farbe dort ist (P)</translation>
    </message>
    <message>
        <source>Colour points</source>
        <translation>Farbpunkte</translation>
    </message>
    <message>
        <source>Remove all colour points</source>
        <translation>Alle Farbpunkte entfernen</translation>
    </message>
    <message>
        <source>The model suggests</source>
        <translation>Vorschläge des Modells</translation>
    </message>
    <message>
        <source>Used before</source>
        <translation>Zuvor verwendet</translation>
    </message>
    <message>
        <source>From here</source>
        <translation>Von hier</translation>
    </message>
    <message>
        <source>Take the colour of another place of this photo</source>
        <translation>Die Farbe einer anderen Stelle dieses Fotos nehmen</translation>
    </message>
    <message>
        <source>From a photo…</source>
        <translation>Aus einem Foto…</translation>
    </message>
    <message>
        <source>Take a colour from another photo</source>
        <translation>Eine Farbe aus einem anderen Foto nehmen</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>How far the colour spreads along an even surface.</source>
        <translation>Wie weit sich die Farbe auf einer gleichmäßigen Fläche ausbreitet.</translation>
    </message>
    <message>
        <source>Keep gray</source>
        <translation>Grau lassen</translation>
    </message>
    <message>
        <source>No colour here, such as in white hair or a stone wall</source>
        <translation>Hier keine Farbe, etwa in weißem Haar oder einer Steinmauer</translation>
    </message>
    <message>
        <source>Navy wool coat</source>
        <translation>Marineblauer Wollmantel</translation>
    </message>
    <message>
        <source>Name of the point</source>
        <translation>Name des Punktes</translation>
    </message>
    <message>
        <source>Save this colour…</source>
        <translation>Diese Farbe sichern…</translation>
    </message>
    <message>
        <source>Keep it under a name, and find the same thing in other photos</source>
        <translation>Unter einem Namen behalten und dieselbe Sache in anderen Fotos finden</translation>
    </message>
    <message>
        <source>Remove this point</source>
        <translation>Diesen Punkt entfernen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>{name} · not found on this frame</source>
        <translation>{name} · auf diesem Bild nicht gefunden</translation>
    </message>
    <message>
        <source>Point {number}, gray</source>
        <translation>Punkt {number}, grau</translation>
    </message>
    <message>
        <source>Point {number}</source>
        <translation>Punkt {number}</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>GPU memory limit</source>
        <translation>GPU-Speichergrenze</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>Prozessor-Threads</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>Standardmodell</translation>
    </message>
    <message>
        <source>The one that comes with ColorDesk</source>
        <translation>Das mitgelieferte</translation>
    </message>
    <message>
        <source>Folders with models</source>
        <translation>Ordner mit Modellen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Of JPEG and WebP. Higher keeps more and takes more room.</source>
        <translation>Für JPEG und WebP. Ein höherer Wert erhält mehr und braucht mehr Platz.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Berechnung</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>GPU &amp;memory limit</source>
        <translation>GPU-S&amp;peichergrenze</translation>
    </message>
    <message>
        <source>&amp;Processor threads</source>
        <translation>P&amp;rozessor-Threads</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>D&amp;efault model</source>
        <translation>Standard&amp;modell</translation>
    </message>
    <message>
        <source>F&amp;olders with models</source>
        <translation>&amp;Ordner mit Modellen</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>Forma&amp;t</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>&amp;Kept model answers</source>
        <translation>&amp;Behaltene Modellantworten</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Add a folder with models</source>
        <translation>Ordner mit Modellen hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen folder from the list</source>
        <translation>Gewählten Ordner aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Folder with models</source>
        <translation>Ordner mit Modellen</translation>
    </message>
</context>
<context>
    <name>Preferring</name>
    <message>
        <source>Automatic: the graphics card if it can be used</source>
        <translation>Grafikkarte, sonst Prozessor</translation>
    </message>
    <message>
        <source>Processor only</source>
        <translation>Nur der Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA graphics card only</source>
        <translation>Nur die NVIDIA-Grafikkarte</translation>
    </message>
</context>
<context>
    <name>PresetChoice</name>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Keep these settings as a preset</source>
        <translation>Diese Einstellungen als Vorgabe behalten</translation>
    </message>
    <message>
        <source>Delete this preset</source>
        <translation>Diese Vorgabe löschen</translation>
    </message>
    <message>
        <source>Settings of your own</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>Als Vorgabe behalten</translation>
    </message>
    <message>
        <source>Name of the preset; one of the same name is replaced:</source>
        <translation>Name der Vorgabe; eine gleichnamige wird ersetzt:</translation>
    </message>
    <message>
        <source>Sharing: MP4, H.264, plays everywhere</source>
        <translation>Weitergeben: MP4, H.264, läuft überall</translation>
    </message>
    <message>
        <source>Archive: Matroska, FFV1, nothing lost</source>
        <translation>Archiv: Matroska, FFV1, ohne Verlust</translation>
    </message>
    <message>
        <source>Editing: QuickTime, ProRes 422 HQ</source>
        <translation>Schnitt: QuickTime, ProRes 422 HQ</translation>
    </message>
</context>
<context>
    <name>Previewing</name>
    <message>
        <source>That is too long for a preview.</source>
        <translation>Das ist zu lang für eine Vorschau.</translation>
    </message>
    <message>
        <source>Set in and out points around at most {count} minutes.</source>
        <translation>Anfang und Ende um höchstens {count} Minuten setzen.</translation>
    </message>
    <message>
        <source>Making a preview</source>
        <translation>Eine Vorschau entsteht</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>ColorDesk</source>
        <translation>ColorDesk</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>in work</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>passed over</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>{state}, {percent} %</source>
        <translation>{state}, {percent} %</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Progress of the queue</source>
        <translation>Fortschritt der Warteschlange</translation>
    </message>
    <message>
        <source>Queued photos</source>
        <translation>Eingereihte Fotos</translation>
    </message>
    <message>
        <source>Choose photos in the filmstrip, then queue them with Photos ▸ Queue Photos.</source>
        <translation>Fotos im Filmstreifen auswählen und mit Fotos ▸ Fotos einreihen in die Warteschlange stellen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut</translation>
    </message>
    <message>
        <source>Try all photos of this batch that failed once more</source>
        <translation>Alle fehlgeschlagenen Fotos dieses Stapels noch einmal versuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Do not do the rest of this batch</source>
        <translation>Den Rest dieses Stapels nicht mehr bearbeiten</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
    <message>
        <source>Save what became of the photos of this batch</source>
        <translation>Speichern, was aus den Fotos dieses Stapels wurde</translation>
    </message>
    <message>
        <source>Forget the batches that are done</source>
        <translation>Fertige Stapel vergessen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Open Result</source>
        <translation>Ergebnis öffnen</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing is queued.</source>
        <translation>Nichts ist eingereiht.</translation>
    </message>
    <message>
        <source>{over} of {count} photos</source>
        <translation>{over} von {count} Fotos</translation>
    </message>
    <message>
        <source>{text} · paused</source>
        <translation>{text} · angehalten</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>about {hours} h left</source>
        <translation>noch etwa {hours} h</translation>
    </message>
</context>
<context>
    <name>Queueing</name>
    <message>
        <source>There is no photo to queue.</source>
        <translation>Es gibt kein Foto zum Einreihen.</translation>
    </message>
    <message>
        <source>Queueing photos</source>
        <translation>Fotos werden eingereiht</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>{count} photos of a batch are still waiting.</source>
        <translation>In einem Stapel warten noch Fotos: {count}.</translation>
    </message>
    <message>
        <source>ColorDesk was closed before they were done.</source>
        <translation>ColorDesk wurde geschlossen, bevor sie fertig waren.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>The queue is paused; nothing of it is lost.</source>
        <translation>Die Warteschlange ist angehalten; nichts davon ist verloren.</translation>
    </message>
</context>
<context>
    <name>Ranking</name>
    <message>
        <source>Judges the models ({models}) on the open photos ({photos}) by the photos&apos; own colours. Gray photos and edits are left out.</source>
        <translation>Beurteilt die Modelle ({models}) an den geöffneten Fotos ({photos}) nach deren eigenen Farben. Graue Fotos und Bearbeitungen bleiben außen vor.</translation>
    </message>
    <message>
        <source>Judges the models ({models}) on the open photos ({photos}) by the photos of the same names in {folder}. Edits are left out.</source>
        <translation>Beurteilt die Modelle ({models}) an den geöffneten Fotos ({photos}) nach den gleichnamigen Fotos in {folder}. Bearbeitungen bleiben außen vor.</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>{judged} of {count} photos judged.</source>
        <translation>{judged} von {count} Fotos beurteilt.</translation>
    </message>
    <message>
        <source>{text} {count} cannot be judged: {names}</source>
        <translation>{text} Nicht zu beurteilen ({count}): {names}</translation>
    </message>
</context>
<context>
    <name>RankingPage</name>
    <message>
        <source>Rank the models</source>
        <translation>Rangliste der Modelle erstellen</translation>
    </message>
    <message>
        <source>Judge all open photos by their own colours</source>
        <translation>Alle geöffneten Fotos nach ihren eigenen Farben beurteilen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>What was measured is kept and not measured again</source>
        <translation>Gemessenes bleibt erhalten und wird nicht noch einmal gemessen</translation>
    </message>
    <message>
        <source>Progress of the ranking</source>
        <translation>Fortschritt der Rangliste</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>Ranking of the models</source>
        <translation>Rangliste der Modelle</translation>
    </message>
    <message>
        <source>Model whose worst photos are listed</source>
        <translation>Modell, dessen schlechteste Fotos aufgeführt sind</translation>
    </message>
    <message>
        <source>Photos, the worst first</source>
        <translation>Fotos, das schlechteste zuerst</translation>
    </message>
    <message>
        <source>Worst photos of {model}</source>
        <translation>Schlechteste Fotos von {model}</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>&gt; gray</source>
        <translation>&gt; Grau</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>&gt; gray: share of the photos that come out better than gray</source>
        <translation>&gt; Grau: Anteil der Fotos, die besser als Grau ausfallen</translation>
    </message>
    <message>
        <source>Time: of one photo, median</source>
        <translation>Zeit: für ein Foto, Median</translation>
    </message>
    <message>
        <source>Box plots of the models</source>
        <translation>Kastengrafiken der Modelle</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>{path}: Enter opens it</source>
        <translation>{path}: Eingabetaste öffnet es</translation>
    </message>
</context>
<context>
    <name>Recent</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>Reel</name>
    <message>
        <source>in point</source>
        <translation>Anfang setzen</translation>
    </message>
    <message>
        <source>out point</source>
        <translation>Ende setzen</translation>
    </message>
    <message>
        <source>reset of the in and out points</source>
        <translation>Anfang und Ende zurücksetzen</translation>
    </message>
    <message>
        <source>adding clips</source>
        <translation>Clips hinzufügen</translation>
    </message>
    <message>
        <source>removal of a clip</source>
        <translation>Clip entfernen</translation>
    </message>
    <message>
        <source>order of the clips</source>
        <translation>Reihenfolge der Clips</translation>
    </message>
    <message>
        <source>split</source>
        <translation>Teilen</translation>
    </message>
</context>
<context>
    <name>ReferencePanel</name>
    <message>
        <source>Choose a colour photo…</source>
        <translation>Farbfoto wählen…</translation>
    </message>
    <message>
        <source>Colour this photo in the manner of another one</source>
        <translation>Dieses Foto nach Art eines anderen kolorieren</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>How much of the other photo&apos;s colours this one takes.</source>
        <translation>Wie viel von den Farben des anderen Fotos dieses annimmt.</translation>
    </message>
    <message>
        <source>Reference photo</source>
        <translation>Referenzfoto</translation>
    </message>
    <message>
        <source>Do without the reference photo</source>
        <translation>Ohne Referenzfoto arbeiten</translation>
    </message>
</context>
<context>
    <name>Referring</name>
    <message>
        <source>removal of the reference photo</source>
        <translation>Referenzfoto entfernen</translation>
    </message>
    <message>
        <source>choice of a reference photo</source>
        <translation>Referenzfoto wählen</translation>
    </message>
    <message>
        <source>Choose a colour photo</source>
        <translation>Farbfoto wählen</translation>
    </message>
    <message>
        <source>likeness to the reference photo</source>
        <translation>Ähnlichkeit mit dem Referenzfoto</translation>
    </message>
</context>
<context>
    <name>RegionEditor</name>
    <message>
        <source>Whole photo</source>
        <translation>Ganzes Foto</translation>
    </message>
    <message>
        <source>Measure the whole photo again</source>
        <translation>Wieder das ganze Foto messen</translation>
    </message>
    <message>
        <source>X </source>
        <translation>X </translation>
    </message>
    <message>
        <source>Left edge of the region, in pixels</source>
        <translation>Linker Rand des Ausschnitts in Pixeln</translation>
    </message>
    <message>
        <source>Y </source>
        <translation>Y </translation>
    </message>
    <message>
        <source>Top edge of the region, in pixels</source>
        <translation>Oberer Rand des Ausschnitts in Pixeln</translation>
    </message>
    <message>
        <source>W </source>
        <translation>B </translation>
    </message>
    <message>
        <source>Width of the region, in pixels</source>
        <translation>Breite des Ausschnitts in Pixeln</translation>
    </message>
    <message>
        <source>H </source>
        <translation>H </translation>
    </message>
    <message>
        <source>Height of the region, in pixels</source>
        <translation>Höhe des Ausschnitts in Pixeln</translation>
    </message>
    <message>
        <source>Measured: whole photo</source>
        <translation>Gemessen: ganzes Foto</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Ausschnitt</translation>
    </message>
</context>
<context>
    <name>Remembering</name>
    <message>
        <source>Save this colour</source>
        <translation>Diese Farbe sichern</translation>
    </message>
    <message>
        <source>Name of the colour; one of the same name is replaced:</source>
        <translation>Name der Farbe; eine gleichen Namens wird ersetzt:</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Als „{name}“ gesichert</translation>
    </message>
    <message>
        <source>Find in open photos</source>
        <translation>In offenen Fotos suchen</translation>
    </message>
    <message>
        <source>Saving the colour</source>
        <translation>Farbe wird gesichert</translation>
    </message>
    <message>
        <source>No colour point is chosen.</source>
        <translation>Kein Farbpunkt ist gewählt.</translation>
    </message>
    <message>
        <source>Set a point in the picture or choose one first.</source>
        <translation>Erst einen Punkt ins Bild setzen oder einen wählen.</translation>
    </message>
    <message>
        <source>“{name}” is saved no longer.</source>
        <translation>„{name}“ ist nicht mehr gesichert.</translation>
    </message>
    <message>
        <source>Save it again</source>
        <translation>Wieder sichern</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
    <message>
        <source>What became of {count} photos</source>
        <translation>Was aus {count} Fotos wurde</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
</context>
<context>
    <name>SaveAs</name>
    <message>
        <source>Save the coloured photo</source>
        <translation>Koloriertes Foto speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Higher keeps more and takes more room.</source>
        <translation>Ein höherer Wert erhält mehr und braucht mehr Platz.</translation>
    </message>
    <message>
        <source>Save in this folder</source>
        <translation>In diesem Ordner speichern</translation>
    </message>
    <message>
        <source>{name} exists already and will be replaced.</source>
        <translation>{name} gibt es schon und wird ersetzt.</translation>
    </message>
    <message>
        <source>This format holds 8 bits; the photo has 16. PNG and TIFF keep all of it.</source>
        <translation>Dieses Format fasst 8 Bit; das Foto hat 16. PNG und TIFF erhalten alles.</translation>
    </message>
    <message>
        <source>Give the file a name, without slashes.</source>
        <translation>Der Datei einen Namen ohne Schrägstriche geben.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>A folder has that name.</source>
        <translation>Ein Ordner heißt schon so.</translation>
    </message>
    <message>
        <source>That is the photo itself. ColorDesk never writes over it.</source>
        <translation>Das ist das Foto selbst. ColorDesk überschreibt es nie.</translation>
    </message>
    <message>
        <source>JPEG cannot hold its transparency; PNG, TIFF and WebP can.</source>
        <translation>JPEG kann seine Transparenz nicht aufnehmen; PNG, TIFF und WebP können es.</translation>
    </message>
</context>
<context>
    <name>SavedPanel</name>
    <message>
        <source>Save the colour of a point under a name to find its thing in other photos.</source>
        <translation>Die Farbe eines Punktes unter einem Namen sichern, um dasselbe Ding auch in anderen Fotos zu finden.</translation>
    </message>
    <message>
        <source>Saved colours</source>
        <translation>Gesicherte Farben</translation>
    </message>
    <message>
        <source>Find in open photos</source>
        <translation>In offenen Fotos suchen</translation>
    </message>
    <message>
        <source>Look for the same thing in the photos of the filmstrip</source>
        <translation>Dieselbe Sache in den Fotos des Filmstreifens suchen</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Give this colour to the chosen point</source>
        <translation>Diese Farbe dem gewählten Punkt geben</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Keep this colour no longer; points that have it stay</source>
        <translation>Diese Farbe nicht länger behalten; Punkte, die sie haben, bleiben</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Keeping the edits</source>
        <translation>Bearbeitungen werden gesichert</translation>
    </message>
    <message>
        <source>Colouring {name}</source>
        <translation>{name} wird koloriert</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>{name} wird gespeichert</translation>
    </message>
</context>
<context>
    <name>Screening</name>
    <message>
        <source>Reading the film</source>
        <translation>Film wird gelesen</translation>
    </message>
    <message>
        <source>Colouring</source>
        <translation>Wird koloriert</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>Wird koloriert…</translation>
    </message>
    <message>
        <source>The film ends before this frame.</source>
        <translation>Der Film endet vor diesem Bild.</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Fold or unfold</source>
        <translation>Ein- oder ausklappen</translation>
    </message>
    <message>
        <source>{title}, fold or unfold</source>
        <translation>{title}, ein- oder ausklappen</translation>
    </message>
</context>
<context>
    <name>ShapePanel</name>
    <message>
        <source>Turn left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>Links und rechts spiegeln</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Gerade richten</translation>
    </message>
    <message>
        <source>Turns a crooked photo by degrees; corners that would be empty are cut.</source>
        <translation>Dreht ein schiefes Foto um einige Grad; Ecken, die leer blieben, werden abgeschnitten.</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Choose what to keep; Enter takes it, Esc leaves it</source>
        <translation>Wählen, was bleiben soll; Eingabetaste übernimmt, Esc verwirft</translation>
    </message>
    <message>
        <source>Rectify print</source>
        <translation>Abzug entzerren</translation>
    </message>
    <message>
        <source>Lay four corners on a photographed print; Enter takes it, Esc leaves it</source>
        <translation>Vier Ecken auf einen abfotografierten Abzug legen; Eingabetaste übernimmt, Esc verwirft</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Seitenverhältnis</translation>
    </message>
    <message>
        <source>Any ratio</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Wie das Foto</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Reset the shape</source>
        <translation>Form zurücksetzen</translation>
    </message>
    <message>
        <source>Drag the frame, or use the arrows, with Shift to size it.</source>
        <translation>Den Rahmen ziehen oder die Pfeiltasten nehmen, mit Umschalt ändern sie die Größe.</translation>
    </message>
    <message>
        <source>Drag the corners, or choose one with [ and ] and use the arrows.</source>
        <translation>Die Ecken ziehen, oder eine mit [ und ] wählen und die Pfeiltasten nehmen.</translation>
    </message>
</context>
<context>
    <name>Shaping</name>
    <message>
        <source>reset of the shape</source>
        <translation>Form zurücksetzen</translation>
    </message>
    <message>
        <source>turn of the photo</source>
        <translation>Foto drehen</translation>
    </message>
    <message>
        <source>mirroring</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>crop</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>rectified print</source>
        <translation>Abzug entzerren</translation>
    </message>
    <message>
        <source>straightening</source>
        <translation>Gerade richten</translation>
    </message>
</context>
<context>
    <name>Sharing</name>
    <message>
        <source>pasting of an edit</source>
        <translation>Bearbeitung einfügen</translation>
    </message>
    <message>
        <source>reset of photos</source>
        <translation>Fotos zurücksetzen</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Als Vorgabe speichern</translation>
    </message>
    <message>
        <source>Name of the preset; one of the same name is replaced:</source>
        <translation>Name der Vorgabe; eine gleichnamige wird ersetzt:</translation>
    </message>
    <message>
        <source>Saved as preset “{name}”</source>
        <translation>Als Vorgabe „{name}“ gespeichert</translation>
    </message>
    <message>
        <source>preset “{name}”</source>
        <translation>Vorgabe „{name}“</translation>
    </message>
    <message>
        <source>No presets yet</source>
        <translation>Noch keine Vorgaben</translation>
    </message>
    <message>
        <source>Changing {count} photos</source>
        <translation>{count} Fotos werden geändert</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>Tastatur und Maus</translation>
    </message>
</context>
<context>
    <name>ShotLooks</name>
    <message>
        <source>look of a shot</source>
        <translation>Look einer Einstellung</translation>
    </message>
    <message>
        <source>paste of a look</source>
        <translation>Look einfügen</translation>
    </message>
    <message>
        <source>look for the whole film</source>
        <translation>Look für den ganzen Film</translation>
    </message>
    <message>
        <source>reset of the shot</source>
        <translation>Einstellung zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ShotPanel</name>
    <message>
        <source>The shot before (up)</source>
        <translation>Vorige Einstellung (Auf)</translation>
    </message>
    <message>
        <source>The next shot (down)</source>
        <translation>Nächste Einstellung (Ab)</translation>
    </message>
    <message>
        <source>A look of its own</source>
        <translation>Eigener Look</translation>
    </message>
    <message>
        <source>The sliders below then change this shot only; else they change the film.</source>
        <translation>Die Regler darunter ändern dann nur diese Einstellung, sonst den Film.</translation>
    </message>
    <message>
        <source>Copy look</source>
        <translation>Look kopieren</translation>
    </message>
    <message>
        <source>Take the look of this shot, to give it to others</source>
        <translation>Den Look dieser Einstellung nehmen, um ihn anderen zu geben</translation>
    </message>
    <message>
        <source>Paste look</source>
        <translation>Look einfügen</translation>
    </message>
    <message>
        <source>Give this shot the look that was copied</source>
        <translation>Dieser Einstellung den kopierten Look geben</translation>
    </message>
    <message>
        <source>Look for the whole film</source>
        <translation>Look für den ganzen Film</translation>
    </message>
    <message>
        <source>All shots take this look, even those with one of their own</source>
        <translation>Alle Einstellungen bekommen diesen Look, auch die mit einem eigenen</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Remove the look and the points of this shot</source>
        <translation>Look und Punkte dieser Einstellung entfernen</translation>
    </message>
    <message>
        <source>{number} of {count} · {start} to {end}</source>
        <translation>{number} von {count} · {start} bis {end}</translation>
    </message>
    <message>
        <source>Looking for shots…</source>
        <translation>Einstellungen werden gesucht…</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>Reading the photo&apos;s pixels</source>
        <translation>Pixel des Fotos werden gelesen</translation>
    </message>
    <message>
        <source>Colouring</source>
        <translation>Foto wird koloriert</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>Wird koloriert…</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Modelle werden gesucht</translation>
    </message>
    <message>
        <source>ColorDesk would replace them with those of the model.</source>
        <translation>ColorDesk würde sie durch die des Modells ersetzen.</translation>
    </message>
    <message>
        <source>The answer holds for all colour photos of this folder.</source>
        <translation>Die Antwort gilt für alle Farbfotos dieses Ordners.</translation>
    </message>
    <message>
        <source>This photo has colours of its own.</source>
        <translation>Dieses Foto hat eigene Farben.</translation>
    </message>
    <message>
        <source>Colour it anyway</source>
        <translation>Trotzdem kolorieren</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen, wie es ist</translation>
    </message>
    <message>
        <source>reset of everything</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>change of working size</source>
        <translation>Arbeitsgröße ändern</translation>
    </message>
    <message>
        <source>reset of model and size</source>
        <translation>Modell und Größe zurücksetzen</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Zoom; click for the whole photo or its own pixels</source>
        <translation>Zoom; ein Klick zeigt das ganze Foto oder seine einzelnen Pixel</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>{zoom} %</source>
        <translation>{zoom} %</translation>
    </message>
    <message>
        <source>Zoom {percent}</source>
        <translation>Zoom {percent}</translation>
    </message>
    <message>
        <source>No model loaded yet</source>
        <translation>Noch kein Modell geladen</translation>
    </message>
    <message>
        <source>Computes on {device}</source>
        <translation>Rechnet auf {device}</translation>
    </message>
    <message>
        <source>What computes the colours; click for details</source>
        <translation>Was die Farben berechnet; ein Klick zeigt Näheres</translation>
    </message>
    <message>
        <source>The device is chosen by itself: a working GPU, else the CPU.</source>
        <translation>Das Gerät wird von selbst gewählt: eine funktionierende GPU, sonst die CPU.</translation>
    </message>
    <message>
        <source>The settings ask for {device}.</source>
        <translation>Die Einstellungen verlangen {device}.</translation>
    </message>
</context>
<context>
    <name>Steering</name>
    <message>
        <source>Take a colour from a photo</source>
        <translation>Eine Farbe aus einem Foto nehmen</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>A photo is still being saved.</source>
        <translation>Ein Foto wird noch gespeichert.</translation>
    </message>
    <message>
        <source>Change the preferences once that is done.</source>
        <translation>Die Einstellungen ändern, sobald das erledigt ist.</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Chosen</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>colouring…</source>
        <translation>wird koloriert…</translation>
    </message>
    <message>
        <source>Take this result for the photo ({number})</source>
        <translation>Dieses Ergebnis für das Foto übernehmen ({number})</translation>
    </message>
    <message>
        <source>Choose {title}</source>
        <translation>{title} wählen</translation>
    </message>
</context>
<context>
    <name>TimePanel</name>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Model sees every … frames</source>
        <translation>Modell sieht jedes … Bild</translation>
    </message>
    <message>
        <source>Remove grain</source>
        <translation>Korn entfernen</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Zeitverlauf</translation>
    </message>
    <message>
        <source>Reset smoothing, frames and grain</source>
        <translation>Glättung, Bilder und Korn zurücksetzen</translation>
    </message>
    <message>
        <source>change of grain</source>
        <translation>Korn ändern</translation>
    </message>
    <message>
        <source>reset of smoothing, frames and grain</source>
        <translation>Glättung, Bilder und Korn zurücksetzen</translation>
    </message>
    <message>
        <source>change of smoothing</source>
        <translation>Glättung ändern</translation>
    </message>
    <message>
        <source>How steady the colours stay from frame to frame; seen in the preview.</source>
        <translation>Wie ruhig die Farben von Bild zu Bild bleiben; in der Vorschau zu sehen.</translation>
    </message>
    <message>
        <source>Motion carries the colours between; more is faster. Seen in the preview.</source>
        <translation>Dazwischen trägt die Bewegung die Farben; mehr ist schneller. In der Vorschau zu sehen.</translation>
    </message>
    <message>
        <source>0 keeps the film&apos;s own grain and sharpness bit for bit; 100 takes the grain away. Seen in the preview.</source>
        <translation>0 behält Korn und Schärfe des Films Bit für Bit; 100 nimmt das Korn weg. In der Vorschau zu sehen.</translation>
    </message>
    <message>
        <source>change of the frames that the model sees</source>
        <translation>Ändern, welche Bilder das Modell sieht</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Drag to look; arrows step a frame, I and O set what is exported, space plays. The ends of the line below can be dragged.</source>
        <translation>Ziehen zum Ansehen; Pfeiltasten gehen ein Bild weiter, I und O legen fest, was exportiert wird, die Leertaste spielt ab. Die Enden der Linie darunter lassen sich ziehen.</translation>
    </message>
    <message>
        <source>{time} of {length}, frame {frame} of {count}</source>
        <translation>{time} von {length}, Bild {frame} von {count}</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>A frame back (left)</source>
        <translation>Ein Bild zurück (links)</translation>
    </message>
    <message>
        <source>A frame on (right)</source>
        <translation>Ein Bild weiter (rechts)</translation>
    </message>
    <message>
        <source>Colour while playing: frames that take too long are left out</source>
        <translation>Beim Abspielen kolorieren: Bilder, die zu lange dauern, werden ausgelassen</translation>
    </message>
    <message>
        <source>Mute (M)</source>
        <translation>Stumm (M)</translation>
    </message>
    <message>
        <source>The export begins here (I)</source>
        <translation>Der Export beginnt hier (I)</translation>
    </message>
    <message>
        <source>The export ends here (O)</source>
        <translation>Der Export endet hier (O)</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Whole film</source>
        <translation>Ganzer Film</translation>
    </message>
    <message>
        <source>Export all of the film again</source>
        <translation>Wieder den ganzen Film exportieren</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>{what} (space)</source>
        <translation>{what} (Leertaste)</translation>
    </message>
    <message>
        <source>frame {frame} of {count}</source>
        <translation>Bild {frame} von {count}</translation>
    </message>
</context>
<context>
    <name>TruthChoice</name>
    <message>
        <source>True colours</source>
        <translation>Echte Farben</translation>
    </message>
    <message>
        <source>What the results are judged by: a photograph of the same in true colours.</source>
        <translation>Woran die Ergebnisse gemessen werden: eine Aufnahme desselben in echten Farben.</translation>
    </message>
    <message>
        <source>No true colours</source>
        <translation>Keine echten Farben</translation>
    </message>
    <message>
        <source>True: its own colours</source>
        <translation>Echt: seine eigenen Farben</translation>
    </message>
    <message>
        <source>True: {folder}</source>
        <translation>Echt: {folder}</translation>
    </message>
    <message>
        <source>True colours from a folder…</source>
        <translation>Echte Farben aus einem Ordner…</translation>
    </message>
    <message>
        <source>Folder with the same photos in true colours</source>
        <translation>Ordner mit denselben Fotos in echten Farben</translation>
    </message>
    <message>
        <source>Looking for true colours</source>
        <translation>Echte Farben werden gesucht</translation>
    </message>
</context>
<context>
    <name>UndoNames</name>
    <message>
        <source>&amp;Undo {text}</source>
        <translation>&amp;Rückgängig: {text}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo {text}</source>
        <translation>&amp;Wiederholen: {text}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
</context>
<context>
    <name>ValueSlider</name>
    <message>
        <source>{tip} Double-click to reset.</source>
        <translation>{tip} Doppelklick setzt zurück.</translation>
    </message>
    <message>
        <source>{name}, number</source>
        <translation>{name}, Zahl</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>ColorDesk</source>
        <translation>ColorDesk</translation>
    </message>
    <message>
        <source>Bring an old photograph back to colour</source>
        <translation>Einer alten Fotografie ihre Farbe zurückgeben</translation>
    </message>
    <message>
        <source>Drop a photo, a film or a folder here, paste a picture, or choose one.</source>
        <translation>Ein Foto, einen Film oder einen Ordner hier ablegen, ein Bild einfügen oder eines wählen.</translation>
    </message>
    <message>
        <source>Open photo…</source>
        <translation>Foto öffnen…</translation>
    </message>
    <message>
        <source>Open a photo (Ctrl+O)</source>
        <translation>Ein Foto öffnen (Strg+O)</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open all photos of a folder (Ctrl+Shift+O)</source>
        <translation>Alle Fotos eines Ordners öffnen (Strg+Umschalt+O)</translation>
    </message>
    <message>
        <source>or try the sample photograph</source>
        <translation>oder das Beispielfoto ausprobieren</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
</context>
<context>
    <name>_Empty</name>
    <message>
        <source>Nothing to compare yet</source>
        <translation>Noch nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Tick models or edits in the list at the right, and their results appear here.</source>
        <translation>Rechts in der Liste Modelle oder Bearbeitungen ankreuzen, dann erscheinen ihre Ergebnisse hier.</translation>
    </message>
    <message>
        <source>Choose results</source>
        <translation>Ergebnisse wählen</translation>
    </message>
</context>
</TS>
