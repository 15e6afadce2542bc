passerelle.put("members-b",{"org-o6mdcrob":[["ini-e2hqa5m3","Jumelage Deux Rives",null,0]],"org-2hvm55xb":[["ini-e2hqa5m3","Jumelage Deux Rives",null,1]]});
